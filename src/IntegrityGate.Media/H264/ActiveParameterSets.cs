namespace IntegrityGate.Media.H264;

/// <summary>The parameter sets that a picture refers to, out of those that came in the sequence header and in-band.</summary>
/// <param name="Sequence">The sequence parameter set, read.</param>
/// <param name="SequenceBytes">The same as a NAL unit.</param>
/// <param name="Pictures">The picture parameter sets that refer to it, as NAL units.</param>
internal sealed record ActiveParameterSets(SequenceParameterSet Sequence, ReadOnlyMemory<byte> SequenceBytes, IReadOnlyList<ReadOnlyMemory<byte>> Pictures)
{
    /// <summary>Finds the sets for an access unit: in-band ones win over the header's with the same id (H.264 7.4.1.2.1).</summary>
    /// <param name="header">The sequence header's record.</param>
    /// <param name="accessUnit">The key frame's coded data, without the tag header.</param>
    /// <param name="reason">Why none was found.</param>
    public static ActiveParameterSets? Find(AvcDecoderConfigurationRecord header, ReadOnlySpan<byte> accessUnit, out string? reason)
    {
        var sequences = new Dictionary<uint, ReadOnlyMemory<byte>>();
        var pictures = new Dictionary<uint, (ReadOnlyMemory<byte> Bytes, uint Sequence)>();
        foreach (var set in header.SequenceParameterSets)
            AddSequence(sequences, set);
        foreach (var set in header.PictureParameterSets)
            AddPicture(pictures, set);

        uint? wanted = null;
        var reader = new AvccReader(accessUnit, header.LengthSize);
        while (reader.Next())
        {
            var unit = reader.Current;
            if (unit.Type == NalUnitType.SequenceParameterSet)
                AddSequence(sequences, unit.Bytes.ToArray());
            else if (unit.Type == NalUnitType.PictureParameterSet)
                AddPicture(pictures, unit.Bytes.ToArray());
            else if (unit.Type is NalUnitType.Slice or NalUnitType.Idr)
                wanted ??= PictureParameterSetOf(unit.Bytes);
        }

        if (wanted is not { } id || !pictures.TryGetValue(id, out var picture) || !sequences.TryGetValue(picture.Sequence, out var sequence))
        {
            reason = wanted is null ? "no slice in the access unit" : "a parameter set that the picture refers to is missing";
            return null;
        }

        if (SequenceParameterSet.TryParse(sequence.Span, out reason) is not { } parsed)
            return null;
        var siblings = pictures.Values.Where(one => one.Sequence == picture.Sequence).Select(one => one.Bytes).ToArray();
        return new ActiveParameterSets(parsed, sequence, siblings);
    }

    /// <summary>The sets of a sequence header taken by themselves: its first sequence parameter set and all that refer to it.</summary>
    public static ActiveParameterSets? OfHeader(AvcDecoderConfigurationRecord header, out string? reason)
    {
        var first = header.SequenceParameterSets[0];
        return SequenceParameterSet.TryParse(first.Span, out reason) is { } parsed ? new ActiveParameterSets(parsed, first, header.PictureParameterSets) : null;
    }

    /// <summary>True when both hold the same bytes.</summary>
    public bool Matches(ActiveParameterSets other) =>
        SequenceBytes.Span.SequenceEqual(other.SequenceBytes.Span)
        && Pictures.Count == other.Pictures.Count
        && Pictures.Zip(other.Pictures).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));

    private static void AddSequence(Dictionary<uint, ReadOnlyMemory<byte>> sets, ReadOnlyMemory<byte> unit)
    {
        if (unit.Length is < 5 or > AvcDecoderConfigurationRecord.MaxBytes)
            return;
        var bits = new BitReader(RbspBytes.Unescape(unit.Span[4..])); // seq_parameter_set_id follows profile, flags and level
        sets[Math.Min(bits.Unsigned(), 32)] = unit;
    }

    private static void AddPicture(Dictionary<uint, (ReadOnlyMemory<byte>, uint)> sets, ReadOnlyMemory<byte> unit)
    {
        if (unit.Length is < 2 or > AvcDecoderConfigurationRecord.MaxBytes)
            return;
        var bits = new BitReader(RbspBytes.Unescape(unit.Span[1..Math.Min(unit.Length, 16)]));
        var id = Math.Min(bits.Unsigned(), 256);
        sets[id] = (unit, Math.Min(bits.Unsigned(), 32));
    }

    private static uint? PictureParameterSetOf(ReadOnlySpan<byte> slice)
    {
        var bits = new BitReader(RbspBytes.Unescape(slice[1..Math.Min(slice.Length, 24)]));
        bits.Unsigned(); // first_mb_in_slice
        bits.Unsigned(); // slice_type
        var id = bits.Unsigned();
        return bits.IsOverrun ? null : id;
    }
}
