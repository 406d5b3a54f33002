using System.Diagnostics;
using System.Globalization;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Detection.Tests.Support;

/// <summary>Decodes files with ffmpeg.</summary>
public static class Clip
{
    /// <summary>The frames of a file one second apart, at native size.</summary>
    public static IEnumerable<VideoFrame> Frames(string path, string filter = "fps=1")
    {
        var size = Run("ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0:s=x", path], []);
        var sides = System.Text.Encoding.UTF8.GetString(size).Trim().Split('x').Select(s => int.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        var pixels = Run("ffmpeg", ["-v", "error", "-threads", "1", "-i", path, "-vf", filter, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], []);
        return Split(pixels, sides[0], sides[1]);
    }

    /// <summary>Cuts raw RGB into frames one second apart.</summary>
    public static IEnumerable<VideoFrame> Split(byte[] pixels, int width, int height)
    {
        var length = width * height * 3;
        for (var i = 0; (i + 1) * length <= pixels.Length; i++)
        {
            var frame = new VideoFrame(new MediaTime(i * 1000L), width, height);
            pixels.AsSpan(i * length, length).CopyTo(frame.Pixels);
            yield return frame;
        }
    }

    /// <summary>Runs a program with bytes in and bytes out.</summary>
    public static byte[] Run(string program, IEnumerable<string> arguments, byte[] input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var feed = Task.Run(() =>
        {
            using var stdin = process.StandardInput.BaseStream;
            stdin.Write(input);
        });
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        feed.GetAwaiter().GetResult();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{program}: {errors.Result}");
    }
}
