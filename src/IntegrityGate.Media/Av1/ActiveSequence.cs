using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Av1;

/// <summary>The AV1 sequence header that a key frame refers to.</summary>
/// <param name="Header">The header, read.</param>
/// <param name="Unit">The header as a unit with its size.</param>
/// <param name="Metadata">The key frame's metadata that says how the stream is to be shown, as units.</param>
internal sealed record ActiveSequence(SequenceHeader Header, ReadOnlyMemory<byte> Unit, IReadOnlyList<ReadOnlyMemory<byte>> Metadata) : ActiveVideo
{
    /// <inheritdoc/>
    public override MediaCodec Codec => MediaCodec.Av1;

    /// <inheritdoc/>
    public override int Width => Header.Width;

    /// <inheritdoc/>
    public override int Height => Header.Height;

    /// <inheritdoc/>
    public override int ChromaFormat => Header.ChromaFormat;

    /// <inheritdoc/>
    public override int BitDepth => Header.BitDepth;

    /// <inheritdoc/>
    public override ColourDescription? Colour => Header.Colour;

    /// <inheritdoc/>
    public override (long Numerator, long Denominator)? Rate =>
        Header.Timing is ( > 0, > 0 and < 1 << 30) timing && (long)timing.UnitsInTick * Header.TicksPerPicture is > 0 and < 1 << 30 and var units
            && timing.TimeScale >= units && timing.TimeScale / units <= 300
            ? (timing.TimeScale, units)
            : null;

    /// <summary>Temporal units come in the order in which they are shown (AV1 7.5).</summary>
    public override int? StatedReorder => 0;

    /// <inheritdoc/>
    public override string? Refusal =>
        Header.IsStill ? "an AV1 still picture cannot be stamped"
        : (Header.Profile, Header.ChromaFormat, Header.BitDepth) is not (0, 1, 8 or 10)
            ? $"AV1 profile {Header.Profile} with chroma format {Header.ChromaFormat} and {Header.BitDepth} bits cannot be stamped yet"
            : null;

    /// <inheritdoc/>
    public override bool Matches(ActiveVideo other) => other is ActiveSequence sequence && Unit.Span.SequenceEqual(sequence.Unit.Span);

    /// <inheritdoc/>
    public override byte[] InBand() => Unit.ToArray();

    /// <inheritdoc/>
    public override byte[] Lasting() => [.. Metadata.SelectMany(unit => unit.ToArray())];

    /// <inheritdoc/>
    public override int PlaceForInBand(ReadOnlySpan<byte> keyFrame, out bool hasOwn)
    {
        hasOwn = TemporalUnit.Read(keyFrame).HasSequenceHeader;
        int at = 0, place = 0;
        var reader = new ObuReader(keyFrame);
        while (reader.Next())
        {
            at += reader.Bytes.Length;
            if (reader.Type is ObuType.TemporalDelimiter or ObuType.SequenceHeader)
                place = at;
        }

        return place;
    }
}
