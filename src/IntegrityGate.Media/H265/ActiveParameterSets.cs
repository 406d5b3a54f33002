using IntegrityGate.Core.Packets;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.H265;

/// <summary>The HEVC parameter sets that a picture refers to, out of those that came in the sequence header and in-band.</summary>
/// <param name="Sequence">The sequence parameter set, read.</param>
/// <param name="VideoBytes">The video parameter set that it refers to, as a NAL unit; empty when none came.</param>
/// <param name="SequenceBytes">The sequence parameter set as a NAL unit.</param>
/// <param name="Pictures">The picture parameter sets that refer to it, as NAL units.</param>
/// <param name="Messages">The key frame's SEI that says how the stream is to be shown, as NAL units.</param>
/// <param name="LengthSize">Bytes of the stream's NAL length prefixes.</param>
internal sealed record ActiveParameterSets(
    SequenceParameterSet Sequence,
    ReadOnlyMemory<byte> VideoBytes,
    ReadOnlyMemory<byte> SequenceBytes,
    IReadOnlyList<ReadOnlyMemory<byte>> Pictures,
    IReadOnlyList<ReadOnlyMemory<byte>> Messages,
    int LengthSize) : NalVideo(SequenceBytes, Pictures, LengthSize)
{
    /// <inheritdoc/>
    public override MediaCodec Codec => MediaCodec.Hevc;

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
        Sequence.Timing is ( > 0, > 0) timing && timing.TimeScale >= timing.UnitsInTick && timing.TimeScale / timing.UnitsInTick <= 300
            && timing is { TimeScale: < 1 << 30, UnitsInTick: < 1 << 30 }
            ? (timing.TimeScale, timing.UnitsInTick)
            : null;

    /// <inheritdoc/>
    public override int? StatedReorder => Sequence.MaxReorderPictures;

    /// <inheritdoc/>
    public override string? Refusal =>
        Sequence.IsFieldCoded ? "HEVC coded in fields cannot be stamped yet"
        : (Sequence.ChromaFormat, Sequence.BitDepthLuma, Sequence.BitDepthChroma) is not ((1, 8, 8) or (1, 10, 10))
            ? $"HEVC with chroma format {Sequence.ChromaFormat} and {Sequence.BitDepthLuma} bits cannot be stamped yet"
            : null;

    /// <inheritdoc/>
    protected override IReadOnlyList<ReadOnlyMemory<byte>> Sets => [VideoBytes, SequenceBytes, .. Pictures];

    /// <inheritdoc/>
    public override byte[] Lasting() => Join(Messages, 4);

    /// <summary>Makes a broken link of a clean access picture: what H.265 has for splices (3.16, 8.1.3). Both have one slice header.</summary>
    /// <param name="keyFrame">The coded data, without the tag header.</param>
    public override void MarkBroken(Span<byte> keyFrame)
    {
        var reader = new AvccReader(keyFrame, LengthSize);
        while (reader.Next())
        {
            var at = keyFrame.Length - reader.Remaining - reader.Current.Bytes.Length;
            if (new NalUnit(reader.Current.Bytes) is { IsAccess: true, Type: NalUnitType.Cra })
                keyFrame[at] = (byte)((keyFrame[at] & 0x81) | ((int)NalUnitType.BlaWithLeading << 1));
        }
    }

    /// <inheritdoc/>
    protected override bool HoldsSets(ReadOnlySpan<byte> accessUnit) => AccessUnit.Read(accessUnit, LengthSize).HasParameterSets;

    /// <inheritdoc/>
    protected override bool IsDelimiter(ReadOnlySpan<byte> nalUnit) => new NalUnit(nalUnit).Type == NalUnitType.AccessUnitDelimiter;

    /// <inheritdoc/>
    protected override bool IsSet(ReadOnlySpan<byte> nalUnit) => new NalUnit(nalUnit).IsParameterSet;
}
