using System.Buffers;
using System.Buffers.Binary;
using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Flv;

/// <summary>Writes an FLV file or HTTP-FLV body (FLV 10.1, annex E): header once, then a tag a packet.</summary>
public static class FlvWriter
{
    /// <summary>Bytes a tag takes besides its payload: 11 of header and 4 of back pointer.</summary>
    public const int TagOverhead = 15;

    /// <summary>Writes the file header and the first back pointer.</summary>
    public static void WriteHeader(IBufferWriter<byte> output, bool hasAudio = true, bool hasVideo = true)
    {
        ReadOnlySpan<byte> header = [0x46, 0x4C, 0x56, 1, (byte)((hasAudio ? 4 : 0) | (hasVideo ? 1 : 0)), 0, 0, 0, 9, 0, 0, 0, 0];
        output.Write(header);
    }

    /// <summary>Writes a packet as a tag; the time stamp is cut to 32 bits (E.4.1: 24 bits and an extension byte).</summary>
    public static void WriteTag(IBufferWriter<byte> output, MediaPacket packet) =>
        WriteTag(output, packet.Kind, packet.Dts.Milliseconds, packet.Payload.Span);

    /// <summary>Writes a tag from its parts.</summary>
    public static void WriteTag(IBufferWriter<byte> output, MediaKind kind, long milliseconds, ReadOnlySpan<byte> payload)
    {
        var header = output.GetSpan(11);
        header[0] = (byte)kind;
        header[1] = (byte)(payload.Length >> 16);
        header[2] = (byte)(payload.Length >> 8);
        header[3] = (byte)payload.Length;
        header[4] = (byte)(milliseconds >> 16);
        header[5] = (byte)(milliseconds >> 8);
        header[6] = (byte)milliseconds;
        header[7] = (byte)(milliseconds >> 24);
        header[8] = header[9] = header[10] = 0;
        output.Advance(11);
        output.Write(payload);
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), payload.Length + 11);
        output.Advance(4);
    }
}
