namespace IntegrityGate.Media.H264;

/// <summary>
/// The first fields of video usability information, which H.264 (E.1.1) and H.265 (E.2.1) write alike: how the picture is shaped
/// and coloured. What follows them differs.
/// </summary>
/// <param name="SampleAspectRatio">Sample aspect ratio, width to height; null when the set does not say.</param>
/// <param name="Colour">Colour tags; null when the set does not say.</param>
/// <param name="ChromaSampleLocation">chroma_sample_loc_type_top_field, 0 to 5; null when the set does not say.</param>
internal readonly record struct PictureUsability((int Width, int Height)? SampleAspectRatio, ColourDescription? Colour, int? ChromaSampleLocation)
{
    private const uint ExtendedRatio = 255; // Extended_SAR: the ratio itself follows

    private static readonly (int Width, int Height)[] s_ratios =
    [
        (0, 0), (1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11), (80, 33), (18, 11), (15, 11), (64, 33), (160, 99), (4, 3), (3, 2), (2, 1),
    ]; // table E-1 of either

    /// <summary>Reads the fields from aspect_ratio_info_present_flag up to chroma_sample_loc_type_bottom_field.</summary>
    public static PictureUsability Read(ref BitReader bits)
    {
        var ratio = bits.Flag() ? ReadRatio(ref bits) : null;
        if (bits.Flag())
            bits.Flag(); // overscan_appropriate_flag
        var colour = bits.Flag() ? ReadColour(ref bits) : null;
        int? location = null;
        if (bits.Flag())
        {
            location = (int)Math.Min(bits.Unsigned(), 5);
            bits.Unsigned();
        }

        return new PictureUsability(ratio, colour, location);
    }

    private static (int, int)? ReadRatio(ref BitReader bits)
    {
        var index = bits.Bits(8);
        var (width, height) = index == ExtendedRatio ? ((int)bits.Bits(16), (int)bits.Bits(16)) : index < s_ratios.Length ? s_ratios[index] : (0, 0);
        return width > 0 && height > 0 ? (width, height) : null;
    }

    private static ColourDescription ReadColour(ref BitReader bits)
    {
        var colour = ColourDescription.Unspecified with { VideoFormat = (int)bits.Bits(3), IsFullRange = bits.Flag() };
        return bits.Flag() ? colour with { Primaries = (int)bits.Bits(8), Transfer = (int)bits.Bits(8), Matrix = (int)bits.Bits(8) } : colour;
    }
}
