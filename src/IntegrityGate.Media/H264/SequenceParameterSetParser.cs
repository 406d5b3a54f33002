namespace IntegrityGate.Media.H264;

/// <summary>Reads sequence parameter sets bit by bit and remembers where the VUI starts, so that it can be rewritten.</summary>
internal sealed class SequenceParameterSetParser
{
    /// <summary>1,024 macroblocks, 16,384 px: twice the width of 8K; the format itself has no bound.</summary>
    private const uint MaxMacroblocksAside = 1024;

    /// <summary>Bit position of vui_parameters_present_flag in the unescaped payload.</summary>
    public int VuiFlagPosition { get; private set; }

    /// <summary>The unescaped payload that was read.</summary>
    public byte[] Payload { get; private set; } = [];

    /// <summary>Reads a set; see <see cref="SequenceParameterSet.TryParse"/>.</summary>
    public SequenceParameterSet? Parse(ReadOnlySpan<byte> nalUnit, out string? reason)
    {
        if (nalUnit.Length is < 4 or > AvcDecoderConfigurationRecord.MaxBytes)
            return Fail("sequence parameter set has an impossible length", out reason);
        if ((nalUnit[0] & 0x1F) != (int)NalUnitType.SequenceParameterSet)
            return Fail("NAL unit is not a sequence parameter set", out reason);
        Payload = RbspBytes.Unescape(nalUnit[1..]);
        var bits = new BitReader(Payload);
        var profile = (int)bits.Bits(8);
        var constraints = (int)bits.Bits(8);
        var level = (int)bits.Bits(8);
        var id = bits.Unsigned();
        uint chroma = 1, depthLuma = 0, depthChroma = 0;
        if (profile is 100 or 110 or 122 or 244 or 44 or 83 or 86 or 118 or 128 or 138 or 139 or 134 or 135)
        {
            chroma = bits.Unsigned();
            if (chroma == 3)
                bits.Flag(); // separate_colour_plane_flag
            depthLuma = bits.Unsigned();
            depthChroma = bits.Unsigned();
            bits.Flag(); // qpprime_y_zero_transform_bypass_flag
            if (bits.Flag() && !SkipScalingMatrix(ref bits, chroma == 3 ? 12 : 8))
                return Fail("scaling list is out of range", out reason);
        }

        if (bits.IsOverrun || id > 31 || chroma > 3 || depthLuma > 6 || depthChroma > 6)
            return Fail("sequence parameter set id, chroma format or bit depth is out of range", out reason);
        if (!ReadOrder(ref bits, out var orderType))
            return Fail("frame number or picture order fields are out of range", out reason);

        var references = bits.Unsigned();
        bits.Flag(); // gaps_in_frame_num_value_allowed_flag
        var width = bits.Unsigned() + 1;
        var mapUnits = bits.Unsigned() + 1;
        var frameOnly = bits.Flag();
        if (!frameOnly)
            bits.Flag(); // mb_adaptive_frame_field_flag
        bits.Flag(); // direct_8x8_inference_flag
        uint left = 0, right = 0, top = 0, bottom = 0;
        if (bits.Flag())
            (left, right, top, bottom) = (bits.Unsigned(), bits.Unsigned(), bits.Unsigned(), bits.Unsigned());
        var height = mapUnits * (frameOnly ? 1u : 2u);
        if (bits.IsOverrun || references > 16 || width is 0 or > MaxMacroblocksAside || mapUnits is 0 or > MaxMacroblocksAside || height > MaxMacroblocksAside)
            return Fail("picture size or number of reference frames is out of range", out reason);
        // Cropping counts in chroma samples, and in pairs of rows for field coding (7.4.2.1.1, 7-19 to 7-22).
        long unitX = chroma is 1 or 2 ? 2 : 1, unitY = (chroma == 1 ? 2 : 1) * (frameOnly ? 1 : 2);
        var croppedWidth = (width * 16L) - (unitX * ((long)left + right));
        var croppedHeight = (height * 16L) - (unitY * ((long)top + bottom));
        if (croppedWidth < 1 || croppedHeight < 1)
            return Fail("cropping leaves no picture", out reason);

        VuiFlagPosition = bits.Position;
        var set = new SequenceParameterSet
        {
            Profile = profile,
            Constraints = constraints,
            Level = level,
            Id = (int)id,
            ChromaFormat = (int)chroma,
            BitDepthLuma = 8 + (int)depthLuma,
            BitDepthChroma = 8 + (int)depthChroma,
            PictureOrderType = orderType,
            MaxReferenceFrames = (int)references,
            IsFrameOnly = frameOnly,
            Width = (int)croppedWidth,
            Height = (int)croppedHeight,
            MacroblocksInFrame = (int)(width * height),
        };
        if (bits.Flag())
            set = ReadUsability(ref bits, set);
        return bits.IsOverrun ? Fail("sequence parameter set is cut short", out reason) : Pass(set, out reason);
    }

    private static bool ReadOrder(ref BitReader bits, out int type)
    {
        var frameNumberBits = bits.Unsigned();
        var orderType = bits.Unsigned();
        type = (int)Math.Min(orderType, 3);
        if (frameNumberBits > 12 || orderType > 2)
            return false;
        if (orderType == 0)
            return bits.Unsigned() <= 12;
        if (orderType == 1)
        {
            bits.Flag(); // delta_pic_order_always_zero_flag
            bits.Signed();
            bits.Signed();
            var cycle = bits.Unsigned();
            if (cycle > 255)
                return false;
            for (var i = 0; i < cycle; i++)
                bits.Signed();
        }

        return !bits.IsOverrun;
    }

    private static bool SkipScalingMatrix(ref BitReader bits, int lists)
    {
        for (var list = 0; list < lists; list++)
        {
            if (!bits.Flag())
                continue;
            int last = 8, next = 8;
            for (var i = 0; i < (list < 6 ? 16 : 64); i++)
            {
                if (next != 0)
                {
                    var delta = bits.Signed();
                    if (delta is < -128 or > 127)
                        return false;
                    next = (last + delta + 256) % 256;
                }

                last = next == 0 ? last : next;
            }
        }

        return !bits.IsOverrun;
    }

    private static SequenceParameterSet ReadUsability(ref BitReader bits, SequenceParameterSet set)
    {
        var picture = PictureUsability.Read(ref bits);
        set = set with { SampleAspectRatio = picture.SampleAspectRatio, Colour = picture.Colour, ChromaSampleLocation = picture.ChromaSampleLocation };
        if (bits.Flag())
            set = set with { Timing = new FrameTiming(bits.Bits(32), bits.Bits(32), bits.Flag()) };
        var nalBuffer = bits.Flag();
        if (nalBuffer)
            SkipBufferParameters(ref bits);
        var vclBuffer = bits.Flag();
        if (vclBuffer)
            SkipBufferParameters(ref bits);
        if (nalBuffer || vclBuffer)
            bits.Flag(); // low_delay_hrd_flag
        bits.Flag(); // pic_struct_present_flag
        if (bits.Flag())
        {
            bits.Flag(); // motion_vectors_over_pic_boundaries_flag
            for (var i = 0; i < 4; i++)
                bits.Unsigned();
            set = set with { MaxReorderFrames = (int)Math.Min(bits.Unsigned(), 16), MaxFrameBuffering = (int)Math.Min(bits.Unsigned(), 16) };
        }

        return set;
    }

    private static void SkipBufferParameters(ref BitReader bits)
    {
        var count = Math.Min(bits.Unsigned(), 31) + 1; // E.2.2: cpb_cnt_minus1 is at most 31
        bits.Bits(8);
        for (var i = 0; i < count && !bits.IsOverrun; i++)
        {
            bits.Unsigned();
            bits.Unsigned();
            bits.Flag();
        }

        bits.Bits(20);
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
