using IntegrityGate.Media.Tests.H264;
using IntegrityGate.Media.Tests.Splicing;

namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>What ffmpeg makes of a received stream: every picture's hash and the colour under the label, in order of presentation.</summary>
internal sealed record DecodedPictures(string Errors, IReadOnlyDictionary<long, string> Hashes, IReadOnlyDictionary<long, (byte R, byte G, byte B)> Plates)
{
    /// <summary>Decodes; an elementary stream has no times, so that the n-th picture takes the n-th presentation time of the messages.</summary>
    public static async Task<DecodedPictures> ReadAsync(IReadOnlyList<ReceivedStream.Message> messages, bool isAv1, bool readsHeaders = true)
    {
        var path = TestMedia.NewPath(isAv1 ? ".ivf" : ".hevc");
        await File.WriteAllBytesAsync(path, ReceivedStream.Elementary(messages, isAv1, readsHeaders), TestContext.Current.CancellationToken);
        var filter = $"crop={PlatePainter.Width - 32}:{PlatePainter.Height - 16}:{PlatePainter.X + 16}:{PlatePainter.Y + 8},scale=1:1:flags=area";
        var colours = TestMedia.NewPath(".rgb");
        var (code, hashes, errors) = await FfmpegTool.RunAsync(
            "ffmpeg", "-v", "error", "-f", isAv1 ? "ivf" : "hevc", "-i", path,
            "-map", "0:v", "-fps_mode", "passthrough", "-f", "framemd5", "-",
            "-map", "0:v", "-fps_mode", "passthrough", "-vf", filter, "-pix_fmt", "rgb24", "-f", "rawvideo", colours);
        Assert.True(code == 0, errors);
        var rows = System.Text.Encoding.UTF8.GetString(hashes).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',', StringSplitOptions.TrimEntries)).ToArray();
        var pixels = await File.ReadAllBytesAsync(colours, TestContext.Current.CancellationToken);
        var times = messages.Where(message => !message.IsConfiguration && message.Data.Length > 0).Select(message => message.Pts).Order().ToArray();
        Assert.True(times.Length == rows.Length && pixels.Length == 3 * rows.Length, $"{times.Length} messages, {rows.Length} pictures, {pixels.Length} bytes of colour: {errors}");
        return new DecodedPictures(
            errors,
            times.Index().ToDictionary(one => one.Item, one => rows[one.Index][5]),
            times.Index().ToDictionary(one => one.Item, one => (pixels[one.Index * 3], pixels[(one.Index * 3) + 1], pixels[(one.Index * 3) + 2])));
    }

    public bool IsGreen(long pts) => Plates[pts] is { R: < 70, G: > 170, B: < 70 };
}
