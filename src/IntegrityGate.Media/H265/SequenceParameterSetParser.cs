using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.H265;

/// <summary>Reads HEVC sequence parameter sets bit by bit and remembers where the ordering information stands, so that it can be rewritten.</summary>
internal sealed class SequenceParameterSetParser
{
    /// <summary>16,384 px: what an H.264 set may say here; level 6.2 ends at 16,888 (H.265 A.4.1).</summary>
    private const uint MaxSide = 16384;

    /// <summary>Bit position of sps_sub_layer_ordering_info_present_flag in the unescaped payload.</summary>
    public int OrderingPosition { get; private set; }

    /// <summary>Bit position behind the ordering information.</summary>
    public int OrderingEnd { get; private set; }

    /// <summary>The unescaped payload that was read, NAL header taken off.</summary>
    public byte[] Payload { get; private set; } = [];

    /// <summary>Reads a set; see <see cref="SequenceParameterSet.TryParse"/>.</summary>
    public SequenceParameterSet? Parse(ReadOnlySpan<byte> nalUnit, out string? reason)
    {
        if (nalUnit.Length is < 16 or > HevcDecoderConfigurationRecord.MaxBytes)
            return Fail("sequence parameter set has an impossible length", out reason);
        if (new NalUnit(nalUnit) is not { Type: NalUnitType.SequenceParameterSet, Layer: 0 })
            return Fail("NAL unit is not a sequence parameter set", out reason);
        Payload = RbspBytes.Unescape(nalUnit[NalUnit.HeaderLength..]);
        var bits = new BitReader(Payload);
        var videoSet = (int)bits.Bits(4);
        var subLayers = (int)bits.Bits(3) + 1;
        var isNested = bits.Flag();
        if (subLayers > 7 || Payload.Length < 13)
            return Fail("number of sub-layers is out of range", out reason);
        var general = Payload.AsSpan(1, 12).ToArray();
        for (var i = 0; i < 12; i++)
            bits.Bits(8);
        SkipSubLayers(ref bits, subLayers - 1);
        var id = bits.Unsigned();
        var chroma = bits.Unsigned();
        if (chroma == 3)
            bits.Flag(); // separate_colour_plane_flag
        uint width = bits.Unsigned(), height = bits.Unsigned();
        uint left = 0, right = 0, top = 0, bottom = 0;
        if (bits.Flag())
            (left, right, top, bottom) = (bits.Unsigned(), bits.Unsigned(), bits.Unsigned(), bits.Unsigned());
        uint depthLuma = bits.Unsigned(), depthChroma = bits.Unsigned();
        if (bits.IsOverrun || id > 15 || chroma > 3 || depthLuma > 8 || depthChroma > 8)
            return Fail("sequence parameter set id, chroma format or bit depth is out of range", out reason);
        if (width is 0 or > MaxSide || height is 0 or > MaxSide)
            return Fail("picture size is out of range", out reason);
        // Cropping counts in chroma samples (7.4.3.2.1, table 6-1).
        var croppedWidth = width - ((chroma is 1 or 2 ? 2L : 1) * ((long)left + right));
        var croppedHeight = height - ((chroma == 1 ? 2L : 1) * ((long)top + bottom));
        if (croppedWidth < 1 || croppedHeight < 1)
            return Fail("cropping leaves no picture", out reason);

        var counterBits = bits.Unsigned() + 4; // log2_max_pic_order_cnt_lsb_minus4
        if (counterBits > 16 || !ReadOrdering(ref bits, subLayers, out var buffering, out var reorder))
            return Fail("picture order or buffering fields are out of range", out reason);
        var set = new SequenceParameterSet
        {
            VideoSetId = videoSet,
            Id = (int)id,
            Profile = general[0] & 0x1F,
            IsHighTier = (general[0] & 0x20) != 0,
            Level = general[11],
            ProfileTierLevel = general,
            SubLayers = subLayers,
            IsNested = isNested,
            ChromaFormat = (int)chroma,
            BitDepthLuma = 8 + (int)depthLuma,
            BitDepthChroma = 8 + (int)depthChroma,
            Width = (int)croppedWidth,
            Height = (int)croppedHeight,
            MaxReorderPictures = reorder,
            MaxBufferingMinusOne = buffering,
        };
        if (!SkipTools(ref bits, (int)counterBits))
            return Fail("coding tool fields are out of range", out reason);
        if (bits.Flag())
            set = ReadUsability(ref bits, set);
        return bits.IsOverrun ? Fail("sequence parameter set is cut short", out reason) : Pass(set, out reason);
    }

    // profile_tier_level, the part after the general one (7.3.3).
    private static void SkipSubLayers(ref BitReader bits, int count)
    {
        if (count == 0)
            return;
        Span<bool> profiles = stackalloc bool[8], levels = stackalloc bool[8];
        for (var i = 0; i < 8; i++)
            (profiles[i], levels[i]) = (bits.Flag(), bits.Flag()); // from count on: reserved_zero_2bits
        for (var i = 0; i < count; i++)
        {
            for (var bytes = (profiles[i] ? 11 : 0) + (levels[i] ? 1 : 0); bytes > 0; bytes--)
                bits.Bits(8);
        }
    }

    private bool ReadOrdering(ref BitReader bits, int subLayers, out int buffering, out int reorder)
    {
        OrderingPosition = bits.Position;
        (buffering, reorder) = (0, 0);
        for (var left = bits.Flag() ? subLayers : 1; left > 0; left--)
        {
            uint pictures = bits.Unsigned(), held = bits.Unsigned();
            bits.Unsigned(); // sps_max_latency_increase_plus1
            if (bits.IsOverrun || pictures > 15 || held > pictures)
                return false;
            (buffering, reorder) = ((int)pictures, (int)held);
        }

        OrderingEnd = bits.Position;
        return true;
    }

    private static bool SkipTools(ref BitReader bits, int counterBits)
    {
        for (var i = 0; i < 6; i++)
            bits.Unsigned(); // block sizes and depths
        if (bits.Flag() && bits.Flag() && !ReferenceSets.SkipScalingLists(ref bits))
            return false;
        bits.Bits(2); // amp_enabled_flag, sample_adaptive_offset_enabled_flag
        if (bits.Flag())
        {
            bits.Bits(8); // PCM bit depths
            bits.Unsigned();
            bits.Unsigned();
            bits.Flag();
        }

        if (!ReferenceSets.Skip(ref bits))
            return false;
        if (bits.Flag())
        {
            var longTerm = bits.Unsigned();
            if (longTerm > 32) // num_long_term_ref_pics_sps, 7.4.3.2.1
                return false;
            for (var i = 0; i < longTerm; i++)
                bits.Bits(counterBits + 1);
        }

        bits.Bits(2); // sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag
        return !bits.IsOverrun;
    }

    private static SequenceParameterSet ReadUsability(ref BitReader bits, SequenceParameterSet set)
    {
        var picture = PictureUsability.Read(ref bits);
        set = set with { SampleAspectRatio = picture.SampleAspectRatio, Colour = picture.Colour, ChromaSampleLocation = picture.ChromaSampleLocation };
        bits.Flag(); // neutral_chroma_indication_flag
        set = set with { IsFieldCoded = bits.Flag() };
        bits.Flag(); // frame_field_info_present_flag
        if (bits.Flag())
        {
            for (var i = 0; i < 4; i++)
                bits.Unsigned(); // default display window
        }

        // What follows the timing (buffering parameters, restrictions, extensions) says nothing that is needed here.
        return bits.Flag() ? set with { Timing = (bits.Bits(32), bits.Bits(32)) } : set;
    }

    private static SequenceParameterSet? Fail(string why, out string? reason)
    {
        reason = why;
        return null;
    }

    private static SequenceParameterSet? Pass(SequenceParameterSet set, out string? reason)
    {
        reason = null;
        return set;
    }
}
