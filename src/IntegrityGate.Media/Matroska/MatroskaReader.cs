using System.Buffers;
using System.Numerics;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Matroska;

/// <summary>
/// Reads the one video track of an encoder's Matroska output (RFC 9559) from a growing sequence of bytes. The encoder has seen
/// untrusted pictures, so that nothing of its output is taken on trust. Times are milliseconds: ffmpeg's muxer writes no other scale.
/// </summary>
/// <param name="codec">What the track holds.</param>
internal sealed class MatroskaReader(MediaCodec codec) : IEncodedReader
{
    /// <summary>16 MiB: as large as the message that the picture goes out in may be.</summary>
    private const long MaxElement = 0xFFFFFF;

    private const int MaxHead = 12; // four bytes of id and eight of size

    private long _clusterTime;

    /// <inheritdoc/>
    public string? Error { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out MediaPacket? packet)
    {
        packet = null;
        Span<byte> head = stackalloc byte[MaxHead];
        while (Error is null && packet is null)
        {
            var available = (int)Math.Min(buffer.Length, MaxHead);
            buffer.Slice(0, available).CopyTo(head);
            var status = ReadHead(head[..available], out var id, out var size, out var length);
            if (status is not null)
                Error = status;
            if (length == 0)
                return false;
            if (IsParent(id))
            {
                buffer = buffer.Slice(length);
                continue;
            }

            if (size is < 0 or > MaxElement)
            {
                Error = $"an element of {size} bytes";
                return false;
            }

            if (buffer.Length < length + size)
                return false;
            packet = Take(id, buffer.Slice(length, size));
            buffer = buffer.Slice(length + size);
        }

        return packet is not null;
    }

    private static bool IsParent(uint id) =>
        id is ElementId.Segment or ElementId.Tracks or ElementId.TrackEntry or ElementId.Cluster or ElementId.BlockGroup;

    // A variable-length id (RFC 8794 section 5) and size (section 4); a length of 0 asks for more bytes.
    private static string? ReadHead(ReadOnlySpan<byte> head, out uint id, out long size, out int length)
    {
        (id, size, length) = (0, 0, 0);
        if (head.IsEmpty)
            return null;
        var idLength = BitOperations.LeadingZeroCount((uint)head[0]) - 23;
        if (idLength > 4)
            return "an element id of more than four bytes";
        if (head.Length <= idLength)
            return null;
        for (var i = 0; i < idLength; i++)
            id = (id << 8) | head[i];
        var sizeLength = BitOperations.LeadingZeroCount((uint)head[idLength]) - 23;
        if (sizeLength > 8)
            return "an element size of more than eight bytes";
        if (head.Length < idLength + sizeLength)
            return null;
        size = head[idLength] & ((1 << (8 - sizeLength)) - 1);
        for (var i = 1; i < sizeLength; i++)
            size = (size << 8) | head[idLength + i];
        length = idLength + sizeLength;
        return null;
    }

    private MediaPacket? Take(uint id, ReadOnlySequence<byte> body)
    {
        switch (id)
        {
            case ElementId.Timestamp:
                _clusterTime = Number(body);
                return null;
            case ElementId.CodecPrivate:
                return Packet(body, 0, new PacketTraits(codec, IsKeyFrame: true, IsSequenceHeader: true));
            case ElementId.SimpleBlock or ElementId.Block:
                if (body.Length < 4)
                {
                    Error = "a block without a head";
                    return null;
                }

                Span<byte> head = stackalloc byte[4];
                body.Slice(0, 4).CopyTo(head);
                var time = _clusterTime + (short)((head[1] << 8) | head[2]);
                return Packet(body.Slice(4), time, new PacketTraits(codec, IsKeyFrame: (head[3] & 0x80) != 0));
            default:
                return null;
        }
    }

    private static MediaPacket Packet(ReadOnlySequence<byte> body, long time, PacketTraits traits)
    {
        var packet = PacketPool.Shared.Rent(MediaKind.Video, new MediaTime(time), (int)body.Length, traits);
        body.CopyTo(packet.Writable);
        return packet;
    }

    private static long Number(ReadOnlySequence<byte> body)
    {
        if (body.Length > 8)
            return 0;
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        body.CopyTo(bytes[(8 - (int)body.Length)..]);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes) & (long.MaxValue >> 16); // 8,900 years: no sum overflows
    }
}
