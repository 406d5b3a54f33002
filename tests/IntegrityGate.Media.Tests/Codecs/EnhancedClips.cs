using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Tests.H264;

namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>Clips of HEVC and AV1 as the packets of a publisher.</summary>
internal static class EnhancedClips
{
    private const string Sound = "-f lavfi -i sine=f=440:d=3.2 -c:a aac -b:a 64k -ac 1";

    /// <summary>An MP4 of a moving test picture with sound, 3.2 s, at 30 pictures a second, times in whole milliseconds.</summary>
    public static Task<string> FileAsync(string encoding, string size = "320x180", double seconds = 3.2) =>
        TestMedia.ClipAsync(FormattableString.Invariant($"-f lavfi -i testsrc2=s={size}:r=30:d={seconds} {Sound} {encoding} -video_track_timescale 1000"), ".mp4");

    /// <summary>The samples of such a file.</summary>
    public static async Task<Mp4Samples> SamplesAsync(string path, bool isAv1) =>
        Mp4Samples.Read(path, await FfmpegTool.LinesAsync("ffprobe", [.. Mp4Samples.ProbeArguments, path]), isAv1 ? "av1C" : "hvcC");

    /// <summary>The packets of a publisher; the caller holds each.</summary>
    public static List<MediaPacket> Packets(Mp4Samples samples, bool isAv1, TagStyle style, PacketPool? pool = null)
    {
        pool ??= new PacketPool();
        return [.. TestMuxer.Messages(samples, isAv1 ? "av01" : "hvc1", style).Select(message =>
        {
            var kind = message.IsVideo ? MediaKind.Video : MediaKind.Audio;
            return pool.Copy(kind, new(message.Dts), message.Payload, TagClassifier.Classify(kind, message.Payload));
        })];
    }
}
