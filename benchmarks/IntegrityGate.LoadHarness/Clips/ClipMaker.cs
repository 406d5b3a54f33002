using System.Globalization;
using IntegrityGate.LoadHarness.Peers;

namespace IntegrityGate.LoadHarness.Clips;

/// <summary>Makes the clips with FFmpeg, once per folder.</summary>
internal static class ClipMaker
{
    private const int AudioKbps = 128;

    /// <summary>
    /// The clip as an FLV file. A moving gradient with grain: grain makes the encoder spend its whole rate, and there is neither a face nor a
    /// letter in it that a detector could take for something.
    /// </summary>
    /// <exception cref="InvalidOperationException">FFmpeg failed; its words are in the message.</exception>
    public static async Task<string> MakeAsync(ClipKind kind, string folder, CancellationToken ct)
    {
        var path = Path.Combine(folder, kind.Name + ".flv");
        if (File.Exists(path))
            return path;
        var invariant = CultureInfo.InvariantCulture;
        var rate = kind.VideoKbps.ToString(invariant) + "k";
        var frames = (ClipKind.GopSeconds * ClipKind.FrameRate).ToString(invariant);
        await ToolProcess.RunAsync(
            "ffmpeg",
            [
                "-v", "error", "-y",
                "-f", "lavfi", "-i", string.Create(invariant, $"gradients=s={kind.Width}x{kind.Height}:r={ClipKind.FrameRate}:speed=0.02:seed=7,noise=alls=12:allf=t:all_seed=7"),
                "-f", "lavfi", "-i", "anoisesrc=r=48000:a=0.1:seed=7",
                "-t", ClipKind.Seconds.ToString(invariant),
                "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-pix_fmt", "yuv420p",
                "-b:v", rate, "-minrate", rate, "-maxrate", rate, "-bufsize", rate, "-x264-params", "nal-hrd=cbr",
                "-g", frames, "-keyint_min", frames, "-sc_threshold", "0",
                "-c:a", "aac", "-b:a", AudioKbps.ToString(invariant) + "k", "-ac", "2",
                "-f", "flv", "-flvflags", "no_duration_filesize", path + ".part",
            ],
            ct);
        File.Move(path + ".part", path);
        return path;
    }
}
