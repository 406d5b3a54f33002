namespace IntegrityGate.Media.H265;

/// <summary>
/// The decoder configuration of an HEVC track (hvcC, ISO/IEC 14496-15 8.3.3.1): what a sequence header carries. Sets are kept as
/// whole NAL units, header included.
/// </summary>
/// <param name="LengthSize">Bytes of a NAL length prefix: 1, 2 or 4.</param>
/// <param name="VideoParameterSets">Video parameter sets.</param>
/// <param name="SequenceParameterSets">Sequence parameter sets, at least one.</param>
/// <param name="PictureParameterSets">Picture parameter sets; may be empty when they come in-band.</param>
/// <param name="Messages">Prefix SEI that holds for the whole stream, mastering display and light level among it.</param>
public sealed record HevcDecoderConfigurationRecord(
    int LengthSize,
    IReadOnlyList<ReadOnlyMemory<byte>> VideoParameterSets,
    IReadOnlyList<ReadOnlyMemory<byte>> SequenceParameterSets,
    IReadOnlyList<ReadOnlyMemory<byte>> PictureParameterSets,
    IReadOnlyList<ReadOnlyMemory<byte>> Messages)
{
    /// <summary>16 KiB, as for H.264: three sets take under 200 bytes, an encoder's banner in SEI some thousand.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Bytes before the arrays.</summary>
    private const int FixedBytes = 23;

    /// <summary>Reads a record.</summary>
    /// <param name="bytes">The record, without the tag header.</param>
    /// <param name="reason">Why it could not be read.</param>
    /// <returns>The record, or null. Never throws, whatever the bytes.</returns>
    public static HevcDecoderConfigurationRecord? TryParse(ReadOnlySpan<byte> bytes, out string? reason)
    {
        if (bytes.Length > MaxBytes)
            return Fail($"hvcC of {bytes.Length} bytes is over the limit of {MaxBytes}", out reason);
        if (bytes.Length < FixedBytes)
            return Fail("hvcC is shorter than 23 bytes", out reason);
        if (bytes[0] > 1) // 0 was written by encoders before the standard was final
            return Fail($"hvcC version {bytes[0]} is not 1", out reason);
        var lengthSize = (bytes[21] & 3) + 1;
        if (lengthSize == 3)
            return Fail("hvcC length size 3 is forbidden", out reason); // 8.3.3.1.3
        List<ReadOnlyMemory<byte>> video = [], sequence = [], picture = [], messages = [];
        var rest = bytes[FixedBytes..];
        for (var arrays = bytes[22]; arrays > 0; arrays--)
        {
            if (rest.Length < 3)
                return Fail("hvcC ends within its arrays", out reason);
            var target = (NalUnitType)(rest[0] & 0x3F) switch
            {
                NalUnitType.VideoParameterSet => video,
                NalUnitType.SequenceParameterSet => sequence,
                NalUnitType.PictureParameterSet => picture,
                NalUnitType.PrefixSei => messages,
                _ => null,
            };
            var type = (NalUnitType)(rest[0] & 0x3F);
            var count = (rest[1] << 8) | rest[2];
            rest = rest[3..];
            if (!ReadArray(ref rest, count, type, target))
                return Fail("hvcC parameter sets are cut short or of another type", out reason);
        }

        if (sequence.Count == 0)
            return Fail("hvcC holds no sequence parameter set", out reason);
        reason = null;
        return new HevcDecoderConfigurationRecord(lengthSize, video, sequence, picture, messages);
    }

    /// <summary>Writes the record; profile, tier, level and format are taken from the first sequence parameter set.</summary>
    /// <returns>The record, or null when that set cannot be read.</returns>
    public byte[]? Write()
    {
        if (SequenceParameterSet.TryParse(SequenceParameterSets[0].Span, out _) is not { } set)
            return null;
        List<byte> output =
        [
            1, .. set.ProfileTierLevel.Span,
            0xF0, 0, // min_spatial_segmentation_idc: not said
            0xFC, // parallelismType: not said
            (byte)(0xFC | set.ChromaFormat), (byte)(0xF8 | ((set.BitDepthLuma - 8) & 7)), (byte)(0xF8 | ((set.BitDepthChroma - 8) & 7)),
            0, 0, // avgFrameRate: not said
            (byte)((set.SubLayers << 3) | (set.IsNested ? 4 : 0) | (LengthSize - 1)),
        ];
        (NalUnitType Type, IReadOnlyList<ReadOnlyMemory<byte>> Units)[] arrays =
        [
            (NalUnitType.VideoParameterSet, VideoParameterSets), (NalUnitType.SequenceParameterSet, SequenceParameterSets),
            (NalUnitType.PictureParameterSet, PictureParameterSets), (NalUnitType.PrefixSei, Messages),
        ];
        output.Add((byte)arrays.Count(array => array.Units.Count > 0));
        foreach (var (type, units) in arrays.Where(array => array.Units.Count > 0))
        {
            output.AddRange([(byte)type, (byte)(units.Count >> 8), (byte)units.Count]);
            foreach (var unit in units)
            {
                output.AddRange([(byte)(unit.Length >> 8), (byte)unit.Length]);
                output.AddRange(unit.Span);
            }
        }

        return [.. output];
    }

    private static bool ReadArray(ref ReadOnlySpan<byte> rest, int count, NalUnitType type, List<ReadOnlyMemory<byte>>? target)
    {
        for (; count > 0; count--)
        {
            if (rest.Length < 2)
                return false;
            var length = (rest[0] << 8) | rest[1];
            if (length <= NalUnit.HeaderLength || rest.Length < 2 + length)
                return false;
            var unit = new NalUnit(rest.Slice(2, length));
            if (unit.Type != type)
                return false;
            if (unit.Layer == 0)
                target?.Add(unit.Bytes.ToArray());
            rest = rest[(2 + length)..];
        }

        return true;
    }

    private static HevcDecoderConfigurationRecord? Fail(string why, out string? reason)
    {
        reason = why;
        return null;
    }
}
