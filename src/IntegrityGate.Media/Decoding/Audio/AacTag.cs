using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Media.Decoding.Audio;

/// <summary>Writes AAC as legacy FLV audio tags (FLV 10.1, E.4.2): the form that every ffmpeg reads, whichever the publisher used.</summary>
internal static class AacTag
{
    // AAC, 44 kHz, 16 bit, stereo: what E.4.2.1 asks for whatever the stream is.
    private const byte Head = 0xAF;

    /// <summary>AudioSpecificConfig of the silence: AAC-LC, 16 kHz, one channel (ISO/IEC 14496-3, 1.6.2.1).</summary>
    private static ReadOnlySpan<byte> SilenceConfiguration => [0x14, 0x08];

    // A single channel element without spectral data, and zeros behind the end: ffmpeg's smallest probe size is 32 bytes of frames, and it waits
    // until it has them.
    private static ReadOnlySpan<byte> SilentFrame =>
    [
        0x00, 0xC8, 0x00, 0x80, 0x23, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The file header for a stream of sound alone.</summary>
    public static void WriteFileHeader(IBufferWriter<byte> output) => FlvWriter.WriteHeader(output, hasAudio: true, hasVideo: false);

    /// <summary>Writes a decoder configuration.</summary>
    public static void WriteConfiguration(IBufferWriter<byte> output, long at, ReadOnlySpan<byte> configuration) => Write(output, at, 0, configuration);

    /// <summary>Writes a frame.</summary>
    public static void WriteFrame(IBufferWriter<byte> output, long at, ReadOnlySpan<byte> frame) => Write(output, at, 1, frame);

    /// <summary>Writes silence, which every decoder gives a sound for, whatever came before.</summary>
    public static void WriteSilence(IBufferWriter<byte> output, long at)
    {
        WriteConfiguration(output, at, SilenceConfiguration);
        WriteFrame(output, at, SilentFrame);
    }

    private static void Write(IBufferWriter<byte> output, long at, byte type, ReadOnlySpan<byte> body)
    {
        var payload = ArrayPool<byte>.Shared.Rent(body.Length + 2);
        payload[0] = Head;
        payload[1] = type;
        body.CopyTo(payload.AsSpan(2));
        FlvWriter.WriteTag(output, MediaKind.Audio, at, payload.AsSpan(0, body.Length + 2));
        ArrayPool<byte>.Shared.Return(payload);
    }
}
