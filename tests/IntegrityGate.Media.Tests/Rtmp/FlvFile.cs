using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Reads the tags of a file, for comparing.</summary>
internal static class FlvFile
{
    public static List<MediaPacket> Read(string path, PacketPool pool)
    {
        var sequence = new ReadOnlySequence<byte>(File.ReadAllBytes(path));
        var reader = new FlvReader(pool);
        var packets = new List<MediaPacket>();
        while (reader.Read(ref sequence, out var packet) == FlvReadStatus.Ok)
            packets.Add(packet!);
        Assert.Null(reader.Error);
        return packets;
    }

    /// <summary>The audio and video tags as text: kind and payload, in order by kind.</summary>
    public static List<string> Prints(IEnumerable<(MediaKind Kind, byte[] Payload)> packets, MediaKind kind) =>
        [.. packets.Where(packet => packet.Kind == kind).Select(packet => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(packet.Payload)))];

    public static List<string> Prints(IEnumerable<MediaPacket> packets, MediaKind kind) =>
        Prints(packets.Select(packet => (packet.Kind, packet.Payload.ToArray())), kind);

    /// <summary>Makes a short clip with ffmpeg: test picture and tone, H.264 with B-frames and AAC.</summary>
    public static Task MakeAsync(string path) => RealPeer.RunAsync(
        "ffmpeg", [.. ClipArguments, "-f", "flv", path]);

    public static IReadOnlyList<string> ClipArguments { get; } =
    [
        "-hide_banner", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100",
        "-t", "3", "-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "25", "-b:v", "400k", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "64k",
    ];
}
