using System.Diagnostics;

namespace IntegrityGate.Tests.Evaluating;

/// <summary>A labelled set of pictures and clips that ffmpeg draws, and a models folder with the shipped detector alone.</summary>
internal sealed class GeneratedSet : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integritygate-eval-test-");

    /// <summary>The folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>A models folder with frame-v1 and nothing that has to be fetched.</summary>
    public string Models { get; }

    /// <summary>Makes the folders.</summary>
    public GeneratedSet()
    {
        Models = Path.Combine(Folder, "models");
        Directory.CreateDirectory(Models);
        Directory.CreateSymbolicLink(Path.Combine(Models, "frame-v1"), Path.Combine(Root, "models", "frame-v1"));
    }

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder with third-party material beside the repository; null when it is absent.</summary>
    public static string? Shared { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared")) is var path && Directory.Exists(path) ? path : null;

    /// <summary>A path in the folder; folders on the way to it are made.</summary>
    public string In(string name)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Draws a picture: one frame of a lavfi source.</summary>
    public Task DrawAsync(string name, string source) => FfmpegAsync("-f", "lavfi", "-i", source, "-frames:v", "1", "-update", "1", In(name));

    /// <summary>Draws a clip.</summary>
    public Task FilmAsync(string name, string source, int seconds) =>
        FfmpegAsync("-f", "lavfi", "-i", source, "-t", $"{seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", In(name));

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task FfmpegAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-y", "-nostdin", .. arguments]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IntegrityGate.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
