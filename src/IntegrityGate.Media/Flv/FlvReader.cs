using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Media.Flv;

/// <summary>Reads FLV tags from a growing sequence of bytes (FLV 10.1, annex E). Time stamps are unwrapped to 64 bits.</summary>
/// <param name="pool">Where packets are rented.</param>
/// <param name="maxTagBytes">Largest payload accepted, bytes.</param>
public sealed class FlvReader(PacketPool pool, int maxTagBytes = FlvReader.DefaultMaxTagBytes)
{
    /// <summary>16 MiB less one byte: all that the 24-bit length field can say.</summary>
    public const int DefaultMaxTagBytes = 0xFFFFFF;

    private bool _headerRead;
    private long _previous;

    /// <summary>Why the last call said <see cref="FlvReadStatus.Malformed"/>.</summary>
    public string? Error { get; private set; }

    /// <summary>Reads the next audio, video or data tag; other tag types are passed over.</summary>
    /// <param name="buffer">The bytes; what was used up is cut from its front.</param>
    /// <param name="packet">The tag, held for the caller, when the status is Ok.</param>
    public FlvReadStatus Read(ref ReadOnlySequence<byte> buffer, out MediaPacket? packet)
    {
        packet = null;
        if (Error is not null)
            return FlvReadStatus.Malformed;
        if (!_headerRead)
        {
            var status = ReadHeader(ref buffer);
            if (status != FlvReadStatus.Ok)
                return status;
        }

        Span<byte> header = stackalloc byte[11];
        while (buffer.Length >= 11)
        {
            buffer.Slice(0, 11).CopyTo(header);
            var length = (header[1] << 16) | (header[2] << 8) | header[3];
            if (length > maxTagBytes)
                return Fail($"FLV tag of {length} bytes is over the limit of {maxTagBytes}");
            if (buffer.Length < 11 + length + 4)
                return FlvReadStatus.NeedMore;

            var time = Unwrap((uint)((header[7] << 24) | (header[4] << 16) | (header[5] << 8) | header[6]));
            var payload = buffer.Slice(11, length);
            var kind = (MediaKind)(header[0] & 0x1F);
            if (kind is MediaKind.Audio or MediaKind.Video or MediaKind.Data)
            {
                packet = pool.Rent(kind, new MediaTime(time), length);
                payload.CopyTo(packet.Writable);
                packet.Describe(TagClassifier.Classify(kind, packet.Payload.Span));
            }

            buffer = buffer.Slice(11 + length + 4);
            if (packet is not null)
                return FlvReadStatus.Ok;
        }

        return FlvReadStatus.NeedMore;
    }

    private FlvReadStatus ReadHeader(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < 13)
            return FlvReadStatus.NeedMore;
        Span<byte> header = stackalloc byte[9];
        buffer.Slice(0, 9).CopyTo(header);
        if (!header[..3].SequenceEqual("FLV"u8))
            return Fail("no FLV signature");
        var offset = (header[5] << 24) | (header[6] << 16) | (header[7] << 8) | header[8];
        if (offset is < 9 or > 1024)
            return Fail($"FLV header length {offset} is not between 9 and 1024");
        if (buffer.Length < offset + 4)
            return FlvReadStatus.NeedMore;
        buffer = buffer.Slice(offset + 4);
        _headerRead = true;
        return FlvReadStatus.Ok;
    }

    private long Unwrap(uint wire)
    {
        // The nearest 64-bit value to the previous one that has these low 32 bits.
        var candidate = (_previous & ~0xFFFFFFFFL) | wire;
        if (candidate - _previous > 0x80000000L)
            candidate -= 0x1_0000_0000L;
        else if (_previous - candidate > 0x80000000L)
            candidate += 0x1_0000_0000L;
        _previous = candidate;
        return candidate;
    }

    private FlvReadStatus Fail(string reason)
    {
        Error = reason;
        return FlvReadStatus.Malformed;
    }
}
