using System.Globalization;
using IntegrityGate.Media.Tests.H264;

namespace IntegrityGate.Media.Tests.Splicing;

/// <summary>What ffmpeg and ffprobe say of a file: every frame's time, hash and colour under the label; every packet's order and time.</summary>
internal sealed record ClipFacts(
    string DecoderErrors,
    int FrameCount,
    IReadOnlyDictionary<long, string> Frames,
    IReadOnlyDictionary<long, (byte R, byte G, byte B)> Plates,
    IReadOnlyList<string> Packets,
    IReadOnlyList<string> Audio,
    IReadOnlyList<long> KeyTimes)
{
    public static async Task<ClipFacts> ReadAsync(string path)
    {
        // The middle of the plate alone, so that the coding of its edges does not count.
        var filter = $"crop={PlatePainter.Width - 32}:{PlatePainter.Height - 16}:{PlatePainter.X + 16}:{PlatePainter.Y + 8},scale=1:1:flags=area";
        var colours = TestMedia.NewPath(".rgb");
        var (code, hashes, errors) = await FfmpegTool.RunAsync(
            "ffmpeg", "-v", "error", "-copyts", "-i", path,
            "-map", "0:v", "-fps_mode", "passthrough", "-enc_time_base", "-1", "-f", "framemd5", "-",
            "-map", "0:v", "-fps_mode", "passthrough", "-vf", filter, "-pix_fmt", "rgb24", "-f", "rawvideo", colours);
        Assert.True(code == 0, errors);
        var pixels = await File.ReadAllBytesAsync(colours, TestContext.Current.CancellationToken);
        var rows = System.Text.Encoding.UTF8.GetString(hashes).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',', StringSplitOptions.TrimEntries)).ToArray();
        Assert.Equal(rows.Length * 3, pixels.Length);
        var frames = new Dictionary<long, string>();
        var plates = new Dictionary<long, (byte, byte, byte)>();
        for (var i = 0; i < rows.Length; i++)
        {
            var pts = long.Parse(rows[i][2], CultureInfo.InvariantCulture);
            frames[pts] = rows[i][5];
            plates[pts] = (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]);
        }

        var lines = await FfmpegTool.LinesAsync(
            "ffprobe", "-v", "error", "-show_data_hash", "md5", "-show_entries", "packet=codec_type,pts,dts,flags,data_hash", "-of", "csv=p=0", path);
        var packets = lines.Where(line => line.StartsWith("video,", StringComparison.Ordinal) || line.StartsWith("audio,", StringComparison.Ordinal))
            .Select(line => line.Split(',')).ToArray(); // codec_type, pts, dts, flags, data_hash; side data stands in lines of its own
        return new ClipFacts(
            errors,
            rows.Length,
            frames,
            plates,
            [.. packets.Select(packet => $"{packet[0]} {packet[2]}")],
            [.. packets.Where(packet => packet[0] == "audio").Select(packet => $"{packet[2]} {packet[4]}")],
            [.. packets.Where(packet => packet[0] == "video" && packet[3].Contains('K', StringComparison.Ordinal)).Select(packet => long.Parse(packet[1], CultureInfo.InvariantCulture))]);
    }

    public bool IsGreen(long pts) => Plates[pts] is { R: < 70, G: > 170, B: < 70 };

    public bool IsMagenta(long pts) => Plates[pts] is { R: > 170, G: < 90, B: > 170 };
}
