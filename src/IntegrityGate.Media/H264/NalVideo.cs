using System.Buffers;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.H264;

/// <summary>What is in force in a stream of NAL units with length prefixes (ISO/IEC 14496-15), H.264 or HEVC: its parameter sets.</summary>
/// <param name="SequenceBytes">The sequence parameter set as a NAL unit.</param>
/// <param name="Pictures">The picture parameter sets that refer to it, as NAL units.</param>
/// <param name="LengthSize">Bytes of the stream's NAL length prefixes.</param>
internal abstract record NalVideo(ReadOnlyMemory<byte> SequenceBytes, IReadOnlyList<ReadOnlyMemory<byte>> Pictures, int LengthSize) : ActiveVideo
{
    /// <summary>All parameter sets in the order that a decoder needs them in; an empty one did not come.</summary>
    protected virtual IReadOnlyList<ReadOnlyMemory<byte>> Sets => [SequenceBytes, .. Pictures];

    /// <inheritdoc/>
    public override bool Matches(ActiveVideo other)
    {
        if (other is not NalVideo video || video.Codec != Codec)
            return false;
        var (own, others) = (Sets, video.Sets);
        return own.Count == others.Count && own.Zip(others).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));
    }

    /// <inheritdoc/>
    public override byte[] InBand() => Join(Sets, LengthSize);

    /// <inheritdoc/>
    public override int PlaceForInBand(ReadOnlySpan<byte> keyFrame, out bool hasOwn)
    {
        hasOwn = HoldsSets(keyFrame);
        var place = 0;
        var reader = new AvccReader(keyFrame, LengthSize);
        while (reader.Next())
        {
            if (IsDelimiter(reader.Current.Bytes) || (hasOwn && IsSet(reader.Current.Bytes)))
                place = keyFrame.Length - reader.Remaining;
        }

        return place;
    }

    /// <summary>True when an access unit brings the sets that it needs.</summary>
    protected abstract bool HoldsSets(ReadOnlySpan<byte> accessUnit);

    /// <summary>True for an access unit delimiter.</summary>
    protected abstract bool IsDelimiter(ReadOnlySpan<byte> nalUnit);

    /// <summary>True for a parameter set.</summary>
    protected abstract bool IsSet(ReadOnlySpan<byte> nalUnit);

    /// <summary>Units behind one another, each with its length; empty ones are left out.</summary>
    protected static byte[] Join(IEnumerable<ReadOnlyMemory<byte>> units, int lengthSize)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var unit in units)
        {
            if (!unit.IsEmpty)
                AvccWriter.Write(output, unit.Span, lengthSize);
        }

        return output.WrittenSpan.ToArray();
    }
}
