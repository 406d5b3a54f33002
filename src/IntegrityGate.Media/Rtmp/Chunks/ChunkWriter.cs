using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace IntegrityGate.Media.Rtmp.Chunks;

/// <summary>
/// Cuts messages into chunks (RTMP 1.0, 5.3). It writes only what nobody disputes: a message starts with a full header (type 0), or with
/// type 1 and a plain delta; type 3 only continues a message; an extended time is repeated in each of its chunks.
/// </summary>
/// <param name="chunkSize">Bytes of payload in a chunk; announce it with set chunk size first.</param>
public sealed class ChunkWriter(int chunkSize = ChunkWriter.DefaultChunkSize)
{
    /// <summary>The size that holds until another is set: 128 bytes (5.4.1).</summary>
    public const int DefaultChunkSize = 128;

    private const uint ExtendedMark = 0xFFFFFF;

    private readonly Previous[] _previous = new Previous[64];

    /// <summary>Bytes of payload in a chunk.</summary>
    public int ChunkSize { get; set; } = chunkSize;

    /// <summary>Writes one message.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="chunkStream">Chunk stream, 2 to 63.</param>
    /// <param name="type">Message type.</param>
    /// <param name="messageStream">Message stream.</param>
    /// <param name="milliseconds">Time; cut to 32 bits.</param>
    /// <param name="payload">The body.</param>
    /// <param name="prefix">Bytes of the body that come before <paramref name="payload"/>.</param>
    /// <returns>Bytes written, headers included.</returns>
    public int Write(
        IBufferWriter<byte> output,
        int chunkStream,
        MessageType type,
        uint messageStream,
        long milliseconds,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> prefix = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkStream, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunkStream, 63);
        var length = prefix.Length + payload.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 0xFFFFFF, nameof(payload));

        var time = (uint)milliseconds;
        ref var previous = ref _previous[chunkStream];
        var delta = time - previous.Time;
        var isDelta = previous.IsUsed && previous.StreamId == messageStream && delta < ExtendedMark;
        var isExtended = !isDelta && time >= ExtendedMark;
        previous = new Previous(time, messageStream, true);

        var written = WriteStart(output, chunkStream, type, messageStream, isDelta ? delta : time, length, isDelta);
        var room = ChunkSize;
        while (true)
        {
            var part = prefix.IsEmpty ? payload : prefix;
            part = part[..Math.Min(room, part.Length)];
            output.Write(part);
            written += part.Length;
            room -= part.Length;
            if (prefix.IsEmpty)
                payload = payload[part.Length..];
            else
                prefix = prefix[part.Length..];
            if (prefix.IsEmpty && payload.IsEmpty)
                return written;
            if (room > 0)
                continue;
            written += WriteContinuation(output, chunkStream, time, isExtended);
            room = ChunkSize;
        }
    }

    private static int WriteStart(
        IBufferWriter<byte> output, int chunkStream, MessageType type, uint messageStream, uint time, int length, bool isDelta)
    {
        var header = output.GetSpan(16);
        var field = Math.Min(time, ExtendedMark);
        header[0] = (byte)((isDelta ? 0x40 : 0) | chunkStream);
        header[1] = (byte)(field >> 16);
        header[2] = (byte)(field >> 8);
        header[3] = (byte)field;
        header[4] = (byte)(length >> 16);
        header[5] = (byte)(length >> 8);
        header[6] = (byte)length;
        header[7] = (byte)type;
        var size = 8;
        if (!isDelta)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header[8..], messageStream);
            size = 12;
            if (time >= ExtendedMark)
            {
                BinaryPrimitives.WriteUInt32BigEndian(header[12..], time);
                size = 16;
            }
        }

        output.Advance(size);
        return size;
    }

    private static int WriteContinuation(IBufferWriter<byte> output, int chunkStream, uint time, bool isExtended)
    {
        var header = output.GetSpan(5);
        header[0] = (byte)(0xC0 | chunkStream);
        if (isExtended)
            BinaryPrimitives.WriteUInt32BigEndian(header[1..], time);
        var size = isExtended ? 5 : 1;
        output.Advance(size);
        return size;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Previous(uint Time, uint StreamId, bool IsUsed);
}
