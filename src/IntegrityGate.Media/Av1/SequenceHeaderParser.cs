using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Av1;

/// <summary>Reads AV1 sequence headers bit by bit (AV1 5.5.1 to 5.5.4).</summary>
internal static class SequenceHeaderParser
{
    /// <summary>1 KiB: 32 operating points with all their fields take under 400 bytes.</summary>
    private const int MaxBytes = 1024;

    /// <summary>16,384 px: what a sequence parameter set may say here.</summary>
    private const uint MaxSide = 16384;

    /// <summary>Reads a header; see <see cref="SequenceHeader.TryParse"/>.</summary>
    public static SequenceHeader? Parse(ReadOnlySpan<byte> payload, out string? reason)
    {
        if (payload.Length is < 3 or > MaxBytes)
            return Fail("sequence header has an impossible length", out reason);
        var bits = new BitReader(payload);
        var profile = (int)bits.Bits(3);
        var isStill = bits.Flag();
        var isReduced = bits.Flag();
        if (profile > 2)
            return Fail($"AV1 profile {profile} is reserved", out reason);
        (uint, uint)? timing = null;
        var ticks = 1u;
        int level;
        var isHighTier = false;
        if (isReduced)
        {
            level = (int)bits.Bits(5);
        }
        else
        {
            var delayBits = 0;
            if (bits.Flag() && !ReadTiming(ref bits, ref timing, ref ticks, ref delayBits))
                return Fail("ticks a picture are out of range", out reason);
            (level, isHighTier) = ReadOperatingPoints(ref bits, delayBits);
        }

        var widthBits = (int)bits.Bits(4) + 1;
        var heightBits = (int)bits.Bits(4) + 1;
        uint width = bits.Bits(widthBits) + 1, height = bits.Bits(heightBits) + 1;
        SkipTools(ref bits, isReduced);
        var colour = ReadColour(ref bits, profile);
        bits.Bits(2); // separate_uv_delta_q or, for monochrome, film_grain_params_present; then the latter
        if (bits.IsOverrun)
            return Fail("sequence header is cut short", out reason);
        if (width > MaxSide || height > MaxSide)
            return Fail("picture size is out of range", out reason);
        reason = null;
        return new SequenceHeader
        {
            Profile = profile,
            Level = level,
            IsHighTier = isHighTier,
            IsStill = isStill,
            IsReduced = isReduced,
            Width = (int)width,
            Height = (int)height,
            BitDepth = colour.Depth,
            ChromaFormat = colour.Chroma,
            Colour = colour.Tags,
            ChromaSamplePosition = colour.Position,
            Timing = timing,
            TicksPerPicture = ticks,
        };
    }

    private static bool ReadTiming(ref BitReader bits, ref (uint, uint)? timing, ref uint ticks, ref int delayBits)
    {
        var read = (bits.Bits(32), bits.Bits(32));
        if (bits.Flag()) // equal_picture_interval
        {
            timing = read;
            ticks = bits.Unsigned() + 1; // uvlc() is ue(v) up to 31 leading zeros
            if (bits.IsOverrun || ticks == 0)
                return false;
        }

        if (bits.Flag()) // decoder_model_info_present_flag
        {
            delayBits = (int)bits.Bits(5) + 1;
            bits.Bits(32);
            bits.Bits(10);
        }

        return true;
    }

    private static (int Level, bool IsHighTier) ReadOperatingPoints(ref BitReader bits, int delayBits)
    {
        var hasDelay = bits.Flag(); // initial_display_delay_present_flag
        var count = (int)bits.Bits(5) + 1;
        (int, bool) first = default;
        for (var i = 0; i < count && !bits.IsOverrun; i++)
        {
            bits.Bits(12); // operating_point_idc
            var level = (int)bits.Bits(5);
            var tier = level > 7 && bits.Flag();
            if (delayBits > 0 && bits.Flag())
            {
                bits.Bits(delayBits);
                bits.Bits(delayBits);
                bits.Flag();
            }

            if (hasDelay && bits.Flag())
                bits.Bits(4);
            if (i == 0)
                first = (level, tier);
        }

        return first;
    }

    private static void SkipTools(ref BitReader bits, bool isReduced)
    {
        if (!isReduced && bits.Flag())
            bits.Bits(7); // lengths of frame ids
        bits.Bits(3); // use_128x128_superblock, enable_filter_intra, enable_intra_edge_filter
        if (!isReduced)
        {
            bits.Bits(4); // interintra, masked compound, warped motion, dual filter
            var hasOrder = bits.Flag();
            if (hasOrder)
                bits.Bits(2);
            var screenContent = bits.Flag() || bits.Flag(); // seq_choose_screen_content_tools, or the forced value
            if (screenContent && !bits.Flag())
                bits.Flag(); // seq_force_integer_mv
            if (hasOrder)
                bits.Bits(3);
        }

        bits.Bits(3); // enable_superres, enable_cdef, enable_restoration
    }

    private static (int Depth, int Chroma, int Position, ColourDescription Tags) ReadColour(ref BitReader bits, int profile)
    {
        var isHigh = bits.Flag();
        var depth = profile == 2 && isHigh && bits.Flag() ? 12 : isHigh ? 10 : 8;
        var isMonochrome = profile != 1 && bits.Flag();
        var tags = ColourDescription.Unspecified;
        if (bits.Flag())
            tags = tags with { Primaries = (int)bits.Bits(8), Transfer = (int)bits.Bits(8), Matrix = (int)bits.Bits(8) };
        if (tags is { Primaries: 1, Transfer: 13, Matrix: 0 } && !isMonochrome)
            return (depth, 3, 0, tags with { IsFullRange = true }); // sRGB, 6.4.2
        tags = tags with { IsFullRange = bits.Flag() };
        if (isMonochrome)
            return (depth, 0, 0, tags);
        var chroma = profile switch
        {
            0 => 1,
            1 => 3,
            _ when depth < 12 => 2,
            _ => bits.Flag() ? (bits.Flag() ? 1 : 2) : 3,
        };
        return (depth, chroma, chroma == 1 ? (int)bits.Bits(2) : 0, tags);
    }

    private static SequenceHeader? Fail(string why, out string? reason)
    {
        reason = why;
        return null;
    }
}
