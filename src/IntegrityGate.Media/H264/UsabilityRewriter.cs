namespace IntegrityGate.Media.H264;

/// <summary>
/// Rewrites a sequence parameter set for our own decoders, which alone ever see it. It says how many frames are reordered:
/// decoders hold pictures back by that number and guess when the set is silent; told 0 for a lone key frame, the picture comes
/// out at once; told the true depth, no picture of the first GOP is lost to a wrong guess. And it names its colours even when they
/// are unspecified, because a decoder that has just shown another stream keeps that stream's colours until told otherwise.
/// </summary>
internal static class UsabilityRewriter
{
    /// <summary>Rewrites the set; SAR, colour and timing stay, buffering parameters go.</summary>
    /// <param name="nalUnit">A sequence parameter set, header byte included.</param>
    /// <param name="reorderFrames">max_num_reorder_frames to put in, 0..16.</param>
    /// <returns>The new NAL unit, or null when the set cannot be read.</returns>
    public static byte[]? Rewrite(ReadOnlySpan<byte> nalUnit, int reorderFrames)
    {
        var parser = new SequenceParameterSetParser();
        if (parser.Parse(nalUnit, out _) is not { } set)
            return null;
        var reader = new BitReader(parser.Payload);
        var writer = new BitWriter();
        for (var i = 0; i < parser.VuiFlagPosition; i++)
            writer.Bits(reader.Bits(1), 1);

        writer.Flag(true); // vui_parameters_present_flag; the order below is that of E.1.1
        writer.Flag(set.SampleAspectRatio is not null);
        if (set.SampleAspectRatio is { } ratio)
        {
            writer.Bits(255, 8); // Extended_SAR
            writer.Bits((uint)ratio.Width, 16);
            writer.Bits((uint)ratio.Height, 16);
        }

        writer.Flag(false); // overscan_info_present_flag
        WriteColour(writer, set.Colour ?? ColourDescription.Unspecified);
        writer.Flag(set.ChromaSampleLocation is not null);
        if (set.ChromaSampleLocation is { } location)
        {
            writer.Unsigned((uint)location);
            writer.Unsigned((uint)location);
        }

        writer.Flag(set.Timing is not null);
        if (set.Timing is { } timing)
        {
            writer.Bits(timing.UnitsInTick, 32);
            writer.Bits(timing.TimeScale, 32);
            writer.Flag(timing.IsFixedRate);
        }

        writer.Bits(0, 3); // no NAL and VCL HRD, no pic_struct
        writer.Flag(true); // bitstream_restriction_flag
        writer.Flag(true); // motion_vectors_over_pic_boundaries_flag, as inferred when absent
        writer.Unsigned(0); // max_bytes_per_pic_denom: no limit
        writer.Unsigned(0); // max_bits_per_mb_denom: no limit
        writer.Unsigned(15); // log2_max_mv_length_horizontal, as inferred when absent
        writer.Unsigned(15);
        writer.Unsigned((uint)reorderFrames);
        writer.Unsigned((uint)Math.Max(Math.Max(set.MaxReferenceFrames, reorderFrames), set.MaxFrameBuffering ?? 0));
        return RbspBytes.Escape(nalUnit[0], writer.Finish());
    }

    private static void WriteColour(BitWriter writer, ColourDescription colour)
    {
        writer.Flag(true); // video_signal_type_present_flag
        writer.Bits((uint)colour.VideoFormat, 3);
        writer.Flag(colour.IsFullRange);
        writer.Flag(true); // colour_description_present_flag
        writer.Bits((uint)colour.Primaries, 8);
        writer.Bits((uint)colour.Transfer, 8);
        writer.Bits((uint)colour.Matrix, 8);
    }
}
