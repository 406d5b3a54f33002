using System.Buffers;
using System.Buffers.Binary;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Media.Ffmpeg;

/// <summary>
/// Writes H.264 as legacy FLV video tags (FLV 10.1, E.4.3): the one form that every ffmpeg reads, whichever form the publisher
/// used (enhanced tags are read from ffmpeg 6.1 on).
/// </summary>
internal static class AvcTag
{
    /// <summary>Bytes before the coded data.</summary>
    public const int HeaderLength = 5;

    /// <summary>The file header for a stream of video alone.</summary>
    public static void WriteFileHeader(IBufferWriter<byte> output) => FlvWriter.WriteHeader(output, hasAudio: false, hasVideo: true);

    /// <summary>Writes the five bytes before the coded data.</summary>
    /// <param name="output">At least five bytes.</param>
    /// <param name="isKey">Frame type 1, otherwise 2.</param>
    /// <param name="isHeader">AVC packet type 0, otherwise 1.</param>
    /// <param name="compositionMs">Composition offset, ms.</param>
    public static void WriteTagHeader(Span<byte> output, bool isKey, bool isHeader, int compositionMs)
    {
        output[0] = (byte)(isKey ? 0x17 : 0x27);
        output[1] = (byte)(isHeader ? 0 : 1);
        output[2] = (byte)(compositionMs >> 16);
        output[3] = (byte)(compositionMs >> 8);
        output[4] = (byte)compositionMs;
    }

    /// <summary>Writes a sequence header tag.</summary>
    public static void WriteSequenceHeader(IBufferWriter<byte> output, long milliseconds, ReadOnlySpan<byte> configuration) =>
        Write(output, milliseconds, isKey: true, isHeader: true, 0, configuration);

    /// <summary>Writes an access unit.</summary>
    public static void WriteAccessUnit(IBufferWriter<byte> output, long milliseconds, bool isKey, int compositionMs, ReadOnlySpan<byte> accessUnit) =>
        Write(output, milliseconds, isKey, isHeader: false, compositionMs, accessUnit);

    private static void Write(IBufferWriter<byte> output, long milliseconds, bool isKey, bool isHeader, int compositionMs, ReadOnlySpan<byte> body)
    {
        var size = body.Length + HeaderLength;
        var header = output.GetSpan(16);
        header[0] = (byte)MediaKind.Video;
        header[1] = (byte)(size >> 16);
        header[2] = (byte)(size >> 8);
        header[3] = (byte)size;
        header[4] = (byte)(milliseconds >> 16);
        header[5] = (byte)(milliseconds >> 8);
        header[6] = (byte)milliseconds;
        header[7] = (byte)(milliseconds >> 24);
        header[8] = header[9] = header[10] = 0;
        WriteTagHeader(header[11..], isKey, isHeader, compositionMs);
        output.Advance(16);
        output.Write(body);
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), size + 11);
        output.Advance(4);
    }
}
