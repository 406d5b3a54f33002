using System.Globalization;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Reporting.V1;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>A publisher whose sound carries the label for the ear of GB 45438-2025 5.3.</summary>
public sealed class AudibleLabelTests
{
    private const int ClipSeconds = 14;

    [Fact]
    public async Task A_rhythm_in_the_sound_reaches_the_reviewer_with_its_time_and_strength()
    {
        using var folder = new TempFolder();
        var clip = await WithRhythmAsync(folder, at: 3, unit: 0.1, hz: 800);
        await using var gate = await GateProcess.StartAsync();
        await using var feed = new FeedReader(gate.Grpc);
        // Again and again, so that it does not matter how soon the gate gets round to it.
        await using var publisher = Publisher.Start(clip, gate.Rtmp + "/rhythm", repeat: true);

        var opened = await feed.FirstAsync("an incident for the rhythm", e => e.Incident is { Basis: VerdictBasis.AudibleMark, Violation: "label.missing" }, () => gate.Log);
        Assert.Equal((Severity.Review, Tier.Suspected, Wire.Enforcement.Report), (opened.Incident.Severity, opened.Incident.Tier, opened.Incident.Action));
        var fact = opened.Incident.Facts.First(f => f.Kind == "audio");
        Assert.InRange(fact.At.ToTimeSpan().TotalSeconds % ClipSeconds, 2.5, 3.5);
        Assert.True(fact.Score >= fact.Threshold && fact.Score <= 1, fact.ToString());
        Assert.Contains("short-long, short-short", fact.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_hears_it_too()
    {
        using var folder = new TempFolder();
        var clip = await WithRhythmAsync(folder, at: 6, unit: 0.12, hz: 1400);
        var scan = await Tool.RunToEndAsync("dotnet", GateProcess.Program, "scan", "--models", Path.Combine(Repository.Root, "models"), clip, "--json");
        Assert.True(scan.Process.ExitCode == 0, scan.Output + scan.Errors);
        using var report = System.Text.Json.JsonDocument.Parse(scan.Output);
        Assert.Equal("audibleMark", report.RootElement.GetProperty("verdict").GetProperty("basis").GetString());
        Assert.Contains("1406 Hz", report.RootElement.GetProperty("verdict").GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string> WithRhythmAsync(TempFolder folder, double at, double unit, double hz)
    {
        (double From, double Until)[] tones = [(0, 1), (2, 5), (8, 9), (10, 11)];
        var keyed = string.Join('+', tones.Select(tone => Text($"between(t\\,{at + (tone.From * unit)}\\,{at + (tone.Until * unit)})")));
        var clip = folder.In("rhythm.flv");
        await Tool.RunAsync(
            "ffmpeg", "-v", "error", "-y", "-i", await Clips.PlainAsync(ClipSeconds), "-f", "lavfi", "-i",
            Text($"aevalsrc=0.25*sin(2*PI*{hz}*t)*({keyed})+0.03*sin(2*PI*330*t):s=44100:d=13.9"),
            "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-b:a", "64k", "-flvflags", "no_duration_filesize", clip);
        return clip;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
