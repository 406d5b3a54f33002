using System.Diagnostics;

namespace IntegrityGate.Media.Tests.H264;

/// <summary>Runs ffmpeg and ffprobe as a plain child process: the independent look at what our code made.</summary>
internal static class FfmpegTool
{
    public static async Task<(int ExitCode, byte[] Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.ToArray(), await errors);
    }

    /// <summary>Runs and demands exit code 0; gives the standard output as lines.</summary>
    public static async Task<string[]> LinesAsync(string program, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
        return System.Text.Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
