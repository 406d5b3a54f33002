using System.Diagnostics;
using System.Globalization;

namespace IntegrityGate.Tests.Looking.Listening;

/// <summary>Makes sounds with ffmpeg, as encoders send them.</summary>
internal sealed class Sounds : IDisposable
{
    // Three voices of chords that change on the beat, and a bass: -12 dB under a tone of amplitude 0.3.
    private const string Music =
        "0.035*exp(-3*mod(t\\,0.5))*(sin(2*PI*t*220*floor(1+mod(t\\,4)))+sin(2*PI*t*(277+55*floor(mod(t*2\\,3))))+sin(2*PI*t*(330+66*floor(mod(t*4\\,5))))+sin(2*PI*t*110))";

    private readonly string _folder = Directory.CreateTempSubdirectory("sounds").FullName;

    public string In(string name) => Path.Combine(_folder, name);

    /// <summary>The rhythm of GB 45438-2025 5.3 once, under music or not.</summary>
    public Task<string> RhythmAsync(double unit, double hz, bool music, string encoding, string extension = ".flv", double seconds = 12, double at = 4)
    {
        (double From, double Until)[] tones = [(0, 1), (2, 5), (8, 9), (10, 11)];
        var keyed = string.Join('+', tones.Select(tone => Text($"between(t\\,{at + (tone.From * unit)}\\,{at + (tone.Until * unit)})")));
        return MakeAsync(extension, ["-f", "lavfi", "-i", Text($"aevalsrc=0.3*sin(2*PI*{hz}*t)*({keyed}){(music ? "+" + Music : "")}:s=44100:d={seconds}"), .. encoding.Split(' ')]);
    }

    /// <summary>A sentence by ffmpeg's own speaker; skips the running test where it has none.</summary>
    public async Task<string> SpeechAsync(string sentence, string voice = "kal")
    {
        Assert.SkipUnless((await RunAsync("ffmpeg", "-hide_banner", "-filters")).Contains(" flite ", StringComparison.Ordinal), "this ffmpeg has no flite");
        return await MakeAsync(".wav", ["-f", "lavfi", "-i", $"flite=text='{sentence}':voice={voice}"]);
    }

    /// <summary>A sound among others, under music, as a stream is coded.</summary>
    public Task<string> MixAsync(string before, string sound, string after, double gain, bool music)
    {
        var graph = Text($"[0]aresample=44100,apad=pad_dur=0.7[a];[1]aresample=44100,volume={gain},apad=pad_dur=0.5[b];[2]aresample=44100[c];[a][b][c]concat=n=3:v=0:a=1[s]");
        return MakeAsync(".flv", music
            ? ["-i", before, "-i", sound, "-i", after, "-f", "lavfi", "-i", $"aevalsrc=0.3*({Music}):s=44100:d=30", "-filter_complex", graph + ";[s][3]amix=duration=first:normalize=0[o]", "-map", "[o]", "-c:a", "aac", "-b:a", "64k"]
            : ["-i", before, "-i", sound, "-i", after, "-filter_complex", graph, "-map", "[s]", "-c:a", "aac", "-b:a", "64k"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private async Task<string> MakeAsync(string extension, IEnumerable<string> arguments)
    {
        var output = In(Guid.NewGuid().ToString("N") + extension);
        await RunAsync("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments, output]);
        return output;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await complaints);
        return output;
    }
}
