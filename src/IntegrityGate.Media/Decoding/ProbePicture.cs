using System.Buffers;
using IntegrityGate.Media.Ffmpeg;

namespace IntegrityGate.Media.Decoding;

/// <summary>
/// A black picture of one macroblock as an IDR access unit (made with x264 at Baseline level 1): what a worker is started with and
/// asked for to see whether it still answers. It also empties the decoder of another stream's references.
/// </summary>
internal static class ProbePicture
{
    /// <summary>Width and height, px.</summary>
    public const int Side = 16;

    private static ReadOnlySpan<byte> Configuration =>
    [
        0x01, 0x42, 0xC0, 0x0A, 0xFF, 0xE1, 0x00, 0x15, 0x67, 0x42, 0xC0, 0x0A, 0xDD, 0xEC, 0x04, 0x40, 0x00, 0x00, 0x03, 0x00, 0x40,
        0x00, 0x00, 0x03, 0x00, 0x83, 0xC4, 0x89, 0xE0, 0x01, 0x00, 0x04, 0x68, 0xCE, 0x0F, 0xC8,
    ];

    // The slice, and filler data (NAL type 12) behind it: ffmpeg's smallest probe size is 32 bytes, and it waits until it has them.
    private static ReadOnlySpan<byte> AccessUnit =>
    [
        0x00, 0x00, 0x00, 0x0A, 0x65, 0x88, 0x84, 0x3A, 0x26, 0x28, 0x00, 0x09, 0x02, 0xE0,
        0x00, 0x00, 0x00, 0x14, 0x0C, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x80,
    ];

    /// <summary>Writes it as FLV tags.</summary>
    public static void Write(IBufferWriter<byte> output, long at)
    {
        AvcTag.WriteSequenceHeader(output, at, Configuration);
        AvcTag.WriteAccessUnit(output, at, isKey: true, 0, AccessUnit);
    }
}
