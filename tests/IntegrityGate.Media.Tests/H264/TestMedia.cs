using System.Buffers;
using System.Collections.Concurrent;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Media.Tests.H264;

/// <summary>Clips that ffmpeg makes from test patterns, once a run, in a private folder that goes when the run ends.</summary>
internal static class TestMedia
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Clips = new();
    private static readonly DirectoryInfo Root = Directory.CreateTempSubdirectory("integritygate-tests-");

    static TestMedia() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Root.Delete(recursive: true);

    /// <summary>A path for a file of this run.</summary>
    public static string NewPath(string extension) => Path.Combine(Root.FullName, Guid.NewGuid().ToString("N") + extension);

    /// <summary>A clip: <paramref name="arguments"/> are what stands between <c>ffmpeg -y</c> and the output file.</summary>
    public static Task<string> ClipAsync(string arguments, string extension = ".flv") =>
        Clips.GetOrAdd(extension + arguments, _ => new Lazy<Task<string>>(async () =>
        {
            var path = NewPath(extension);
            await FfmpegTool.LinesAsync("ffmpeg", ["-v", "error", "-y", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), path]);
            return path;
        })).Value;

    /// <summary>Video alone: a test pattern through x264.</summary>
    public static Task<string> VideoAsync(string size, double seconds, string encoding, string rate = "30") =>
        ClipAsync(FormattableString.Invariant($"-f lavfi -i testsrc2=s={size}:r={rate}:d={seconds} -c:v libx264 -preset veryfast {encoding}"));

    /// <summary>All packets of an FLV file; the caller holds each.</summary>
    public static List<MediaPacket> Packets(string path, PacketPool? pool = null)
    {
        var sequence = new ReadOnlySequence<byte>(File.ReadAllBytes(path));
        var reader = new FlvReader(pool ?? new PacketPool());
        var packets = new List<MediaPacket>();
        while (reader.Read(ref sequence, out var packet) == FlvReadStatus.Ok)
            packets.Add(packet!);
        return packets;
    }
}
