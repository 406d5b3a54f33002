using System.Collections.Concurrent;

namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>Streams to publish, made once a run by ffmpeg: 1280x720, 30 fps, a key frame every two seconds, AAC.</summary>
internal static class Clips
{
    private const string Font = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

    private static readonly TempFolder s_folder = new();
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> s_made = new();

    /// <summary>Camera footage where the clips are, a drawn scene where they are absent.</summary>
    public static Task<string> PlainAsync(int seconds = 14) => MakeAsync($"plain-{seconds}", seconds, Footage("real/hand-held-objects-1.mp4"), "null");

    /// <summary>The same with the label that GB 45438-2025 asks for, at 7 % of the short side, in the top right corner.</summary>
    public static Task<string> LabelledAsync(int seconds = 14) =>
        MakeAsync($"labelled-{seconds}", seconds, Footage("real/hand-held-objects-1.mp4"), LabelFilter(text: "AI生成", heightFraction: 0.07));

    /// <summary>The same with a label that is too small by half.</summary>
    public static Task<string> SmallLabelAsync(int seconds = 14) =>
        MakeAsync($"small-{seconds}", seconds, Footage("real/hand-held-objects-1.mp4"), LabelFilter(text: "AI生成", heightFraction: 0.028));

    /// <summary>A clip of the shared folder by name.</summary>
    public static Task<string> SharedAsync(string file, int seconds = 14)
    {
        Assert.SkipWhen(Repository.Shared is null, "the folder with third-party clips is absent");
        return MakeAsync(file.Replace('/', '-') + "-" + seconds, seconds, ["-stream_loop", "-1", "-i", Path.Combine(Repository.Shared!, "media", file)], "null");
    }

    /// <summary>Movement in the lower left quarter on a plain ground, a key frame a second: whatever shows in the upper half is a label.</summary>
    public static Task<string> CornerAsync(int seconds = 32) =>
        MakeAsync($"corner-{seconds}", seconds, ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30,pad=1280:720:0:360:0x506070"], "null", gop: 30);

    private static string[] Footage(string file) => Repository.Shared is { } shared
        ? ["-stream_loop", "-1", "-i", Path.Combine(shared, "media", file)]
        : ["-f", "lavfi", "-i", "mandelbrot=size=1280x720:rate=30"];

    // The cap height of Noto Sans CJK is 0.733 of the font size; the tallest glyphs (the Chinese ones) are about 0.9 of it.
    private static string LabelFilter(string text, double heightFraction) =>
        FormattableString.Invariant($"drawtext=fontfile={Font}:text={text}:fontsize={heightFraction * 720 / 0.9:0}:fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=10:x=w-tw-40:y=40");

    private static Task<string> MakeAsync(string name, int seconds, string[] input, string filter, int gop = 60) =>
        s_made.GetOrAdd(name, _ => new Lazy<Task<string>>(async () =>
        {
            var path = s_folder.In(name + ".flv");
            // The sound ends first, so that the picture goes on without a gap where a clip that is repeated begins again.
            var sound = FormattableString.Invariant($"sine=frequency=330:sample_rate=44100:duration={seconds - 0.1}");
            await Tool.RunAsync("ffmpeg", [
                "-v", "error", "-y", .. input, "-f", "lavfi", "-i", sound,
                "-map", "0:v:0", "-map", "1:a:0", "-t", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "-vf", $"scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720,setsar=1,fps=30,{filter}",
                "-c:v", "libx264", "-preset", "veryfast", "-g", $"{gop}", "-keyint_min", $"{gop}", "-sc_threshold", "0", "-bf", "2", "-b:v", "2500k", "-pix_fmt", "yuv420p",
                "-c:a", "aac", "-b:a", "96k", "-f", "flv", path]);
            return path;
        })).Value;
}
