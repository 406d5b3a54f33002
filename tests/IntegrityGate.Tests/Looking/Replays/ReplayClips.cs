using System.Diagnostics;

namespace IntegrityGate.Tests.Looking.Replays;

/// <summary>Makes the videos of the loop tests with ffmpeg: clips published once or again and again, slides, pauses, still pictures.</summary>
internal sealed class ReplayClips : IDisposable
{
    // As a small publisher sends it: 360 lines, 600 kbit/s, key frames every 2 s.
    private const string Published = "-an -c:v libx264 -preset ultrafast -threads 1 -pix_fmt yuv420p -b:v 600k -maxrate 600k -bufsize 600k -g 9999 -force_key_frames expr:gte(t,n_forced*2)";

    private readonly string _folder = Directory.CreateTempSubdirectory("loops").FullName;

    /// <summary>A path under the shared media; skips the running test when it is not there.</summary>
    public static string Shared(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IntegrityGate.sln")))
            folder = folder.Parent;
        var full = Path.GetFullPath(Path.Combine(folder!.FullName, "..", "shared", path));
        Assert.SkipUnless(Path.Exists(full), $"shared media is absent: {path}");
        return full;
    }

    /// <summary>A clip published, shown a number of times in a row.</summary>
    public async Task<string> PublishAsync(string clip, int showings) =>
        await MakeAsync(["-stream_loop", $"{showings - 1}", "-i", clip, "-vf", "scale=-2:360", .. Published.Split(' ')]);

    /// <summary>A video made by a filter graph over inputs, published.</summary>
    public async Task<string> ComposeAsync(IReadOnlyList<string> inputs, string graph, double seconds) =>
        await MakeAsync([.. inputs, "-filter_complex", graph, "-map", "[out]", "-t", seconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture), .. Published.Split(' ')]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> MakeAsync(IEnumerable<string> arguments)
    {
        var output = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".mp4");
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments, output]) { RedirectStandardError = true })!;
        var complaints = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, complaints);
        return output;
    }
}
