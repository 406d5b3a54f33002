using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.H264;

/// <summary>The parameter sets that a picture refers to, out of those that came in the sequence header and in-band.</summary>
/// <param name="Sequence">The sequence parameter set, read.</param>
/// <param name="SequenceBytes">The same as a NAL unit.</param>
/// <param name="Pictures">The picture parameter sets that refer to it, as NAL units.</param>
/// <param name="LengthSize">Bytes of the stream's NAL length prefixes.</param>
internal sealed record ActiveParameterSets(
    SequenceParameterSet Sequence, ReadOnlyMemory<byte> SequenceBytes, IReadOnlyList<ReadOnlyMemory<byte>> Pictures, int LengthSize) : NalVideo(SequenceBytes, Pictures, LengthSize)
{
    /// <inheritdoc/>
    public override MediaCodec Codec => MediaCodec.H264;

    /// <inheritdoc/>
    public override int Width => Sequence.Width;

    /// <inheritdoc/>
    public override int Height => Sequence.Height;

    /// <inheritdoc/>
    public override int ChromaFormat => Sequence.ChromaFormat;

    /// <inheritdoc/>
    public override int BitDepth => Sequence.BitDepthLuma;

    /// <inheritdoc/>
    public override ColourDescription? Colour => Sequence.Colour;

    /// <inheritdoc/>
    public override (long Numerator, long Denominator)? Rate =>
        Sequence.Timing is not { FramesPerSecond: >= 1 and <= 300, TimeScale: < 1 << 30, UnitsInTick: < 1 << 29 } timing ? null
        : timing.TimeScale % 2 == 0 ? (timing.TimeScale / 2, timing.UnitsInTick)
        : (timing.TimeScale, 2L * timing.UnitsInTick);

    /// <inheritdoc/>
    public override int? StatedReorder => Sequence.MaxReorderFrames;

    /// <inheritdoc/>
    public override int ReorderBound => Sequence.ReorderBound;

    /// <inheritdoc/>
    public override string? Refusal =>
        !Sequence.IsFrameOnly ? "interlaced H.264 cannot be stamped yet"
        : Sequence.Profile is not (66 or 77 or 88 or 100 or 110 or 122 or 244) ? $"H.264 profile {Sequence.Profile} cannot be stamped yet"
        : (Sequence.ChromaFormat, Sequence.BitDepthLuma, Sequence.BitDepthChroma) is not ((1 or 2, 8, 8) or (1 or 2, 10, 10) or (3, 8, 8))
            ? $"H.264 with chroma format {Sequence.ChromaFormat} and {Sequence.BitDepthLuma} bits cannot be stamped yet"
            : null;

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
        return new ActiveParameterSets(parsed, sequence, siblings, header.LengthSize);
    }

    /// <summary>The sets of a sequence header taken by themselves: its first sequence parameter set and all that refer to it.</summary>
    public static ActiveParameterSets? OfHeader(AvcDecoderConfigurationRecord header, out string? reason)
    {
        var first = header.SequenceParameterSets[0];
        return SequenceParameterSet.TryParse(first.Span, out reason) is { } parsed ? new ActiveParameterSets(parsed, first, header.PictureParameterSets, header.LengthSize) : null;
    }

    /// <inheritdoc/>
    protected override bool HoldsSets(ReadOnlySpan<byte> accessUnit) => AccessUnit.Read(accessUnit, LengthSize).HasParameterSets;

    /// <inheritdoc/>
    protected override bool IsDelimiter(ReadOnlySpan<byte> nalUnit) => new NalUnit(nalUnit).Type == NalUnitType.AccessUnitDelimiter;

    /// <inheritdoc/>
    protected override bool IsSet(ReadOnlySpan<byte> nalUnit) => new NalUnit(nalUnit).Type is NalUnitType.SequenceParameterSet or NalUnitType.PictureParameterSet;

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
