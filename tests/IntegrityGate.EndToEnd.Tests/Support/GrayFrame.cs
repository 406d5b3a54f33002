using System.Diagnostics;
using System.Globalization;

namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>A luma picture taken from a file by ffmpeg: the independent look.</summary>
internal sealed record GrayFrame(int Width, int Height, byte[] Luma)
{
    public byte this[int x, int y] => Luma[(y * Width) + x];

    /// <summary>The upper half.</summary>
    public GrayFrame Top() => new(Width, Height / 2, Luma[..(Width * (Height / 2))]);

    /// <summary>All frames of a file between two times, in order of presentation.</summary>
    public static async Task<IReadOnlyList<GrayFrame>> ReadAsync(string path, double fromSeconds, double seconds, int width = 1280, int height = 720)
    {
        var start = new ProcessStartInfo("ffmpeg", [
            "-v", "error", "-i", path, "-ss", Text(fromSeconds), "-t", Text(seconds), "-vsync", "passthrough",
            "-vf", $"crop={Text(width)}:{Text(height)}:0:0", // VLC's pictures have some rows of its own below
            "-f", "rawvideo", "-pix_fmt", "gray", "-"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var frames = new List<GrayFrame>();
        while (true)
        {
            var luma = new byte[width * height];
            var read = await process.StandardOutput.BaseStream.ReadAtLeastAsync(luma, luma.Length, throwOnEndOfStream: false);
            if (read < luma.Length)
                break;
            frames.Add(new GrayFrame(width, height, luma));
        }

        await process.WaitForExitAsync();
        Assert.Equal("", await errors);
        return frames;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
