using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Benchmarks;

/// <summary>
/// One GOP of a 1080p30 stream at 6 Mbps with 48 kHz AAC at 128 kbps, by size and time: a key frame of 150 kB, 59 frames of 22.8 kB (1.5 MB in
/// two seconds) and 94 audio frames of 341 bytes. The bytes after the tag headers are random: no parser of the forwarding path reads them.
/// </summary>
internal static class SampleStream
{
    private const int VideoFrames = 60;
    private const int KeyFrameBytes = 150_000;
    private const int FrameBytes = 22_800;
    private const int AudioBytes = 341;
    private const int GopMilliseconds = 2000;

    /// <summary>The packets of the GOP in the order of their times, rented from <paramref name="pool"/> and held for the caller.</summary>
    public static IReadOnlyList<MediaPacket> Gop(PacketPool pool)
    {
        var random = new Random(20260713);
        var packets = new List<MediaPacket>();
        for (var frame = 0; frame < VideoFrames; frame++)
        {
            ReadOnlySpan<byte> header = frame == 0 ? [0x17, 1, 0, 0, 0] : [0x27, 1, 0, 0, 0];
            packets.Add(Packet(pool, random, MediaKind.Video, GopMilliseconds * frame / VideoFrames, frame == 0 ? KeyFrameBytes : FrameBytes, header));
        }

        for (var frame = 0; frame * 1024 * 1000L / 48_000 < GopMilliseconds; frame++)
            packets.Add(Packet(pool, random, MediaKind.Audio, (int)(frame * 1024 * 1000L / 48_000), AudioBytes, [0xAF, 1]));
        return [.. packets.OrderBy(packet => packet.Dts)];
    }

    private static MediaPacket Packet(PacketPool pool, Random random, MediaKind kind, int milliseconds, int bytes, ReadOnlySpan<byte> header)
    {
        var packet = pool.Rent(kind, new MediaTime(milliseconds), bytes);
        random.NextBytes(packet.Writable);
        header.CopyTo(packet.Writable);
        return packet.Describe(TagClassifier.Classify(kind, packet.Payload.Span));
    }
}
