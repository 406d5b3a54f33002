namespace IntegrityGate.Media.H264;

/// <summary>
/// The decoder configuration of an H.264 track (avcC, ISO/IEC 14496-15 5.3.3.1): what an FLV sequence header carries. Sets are
/// kept as whole NAL units, header byte included.
/// </summary>
/// <param name="LengthSize">Bytes of a NAL length prefix: 1, 2 or 4.</param>
/// <param name="SequenceParameterSets">Sequence parameter sets, at least one.</param>
/// <param name="PictureParameterSets">Picture parameter sets; may be empty when they come in-band.</param>
public sealed record AvcDecoderConfigurationRecord(
    int LengthSize,
    IReadOnlyList<ReadOnlyMemory<byte>> SequenceParameterSets,
    IReadOnlyList<ReadOnlyMemory<byte>> PictureParameterSets)
{
    /// <summary>16 KiB: a pair of sets takes under 100 bytes; the largest the format can say is 18 MiB.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Reads a record.</summary>
    /// <param name="bytes">The record, without the tag header.</param>
    /// <param name="reason">Why it could not be read.</param>
    /// <returns>The record, or null.</returns>
    public static AvcDecoderConfigurationRecord? TryParse(ReadOnlySpan<byte> bytes, out string? reason)
    {
        if (bytes.Length > MaxBytes)
            return Fail($"avcC of {bytes.Length} bytes is over the limit of {MaxBytes}", out reason);
        if (bytes.Length < 7)
            return Fail("avcC is shorter than 7 bytes", out reason);
        if (bytes[0] != 1)
            return Fail($"avcC version {bytes[0]} is not 1", out reason);
        var lengthSize = (bytes[4] & 3) + 1;
        if (lengthSize == 3)
            return Fail("avcC length size 3 is forbidden", out reason); // 5.3.3.1.2
        var rest = bytes[6..];
        if (!ReadSets(ref rest, bytes[5] & 0x1F, NalUnitType.SequenceParameterSet, out var sequence))
            return Fail("avcC sequence parameter sets are cut short or of another type", out reason);
        if (sequence.Count == 0)
            return Fail("avcC holds no sequence parameter set", out reason);
        if (rest.IsEmpty)
            return Fail("avcC ends before its picture parameter sets", out reason);
        var count = rest[0];
        rest = rest[1..];
        if (!ReadSets(ref rest, count, NalUnitType.PictureParameterSet, out var picture))
            return Fail("avcC picture parameter sets are cut short or of another type", out reason);
        reason = null;
        return new AvcDecoderConfigurationRecord(lengthSize, sequence, picture);
    }

    /// <summary>Writes the record; profile, compatibility and level are taken from the first sequence parameter set.</summary>
    public byte[] Write()
    {
        var first = SequenceParameterSets[0].Span;
        var output = new List<byte> { 1, first[1], first[2], first[3], (byte)(0xFC | (LengthSize - 1)), (byte)(0xE0 | SequenceParameterSets.Count) };
        WriteSets(output, SequenceParameterSets);
        output.Add((byte)PictureParameterSets.Count);
        WriteSets(output, PictureParameterSets);

        // The extension of the profiles above Main; decoders that do not look for it stop before it (5.3.3.1.2).
        if (first[1] is not (66 or 77 or 88) && SequenceParameterSet.TryParse(first, out _) is { } parsed)
            output.AddRange([(byte)(0xFC | parsed.ChromaFormat), (byte)(0xF8 | (parsed.BitDepthLuma - 8)), (byte)(0xF8 | (parsed.BitDepthChroma - 8)), 0]);
        return [.. output];
    }

    private static bool ReadSets(ref ReadOnlySpan<byte> rest, int count, NalUnitType type, out List<ReadOnlyMemory<byte>> sets)
    {
        sets = [];
        for (var i = 0; i < count; i++)
        {
            if (rest.Length < 2)
                return false;
            var length = (rest[0] << 8) | rest[1];
            if (length < 4 - (type == NalUnitType.PictureParameterSet ? 2 : 0) || rest.Length < 2 + length)
                return false;
            var unit = new NalUnit(rest.Slice(2, length));
            if (unit.Type != type)
                return false;
            sets.Add(unit.Bytes.ToArray());
            rest = rest[(2 + length)..];
        }

        return true;
    }

    private static void WriteSets(List<byte> output, IReadOnlyList<ReadOnlyMemory<byte>> sets)
    {
        foreach (var set in sets)
        {
            output.Add((byte)(set.Length >> 8));
            output.Add((byte)set.Length);
            output.AddRange(set.Span);
        }
    }

    private static AvcDecoderConfigurationRecord? Fail(string why, out string? reason)
    {
        reason = why;
        return null;
    }
}
