using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.LoadHarness.Peers;
using IntegrityGate.LoadHarness.Reports;

namespace IntegrityGate.LoadHarness.Experiments;

/// <summary>How soon a stream that declares itself generated and shows no label is stamped, what the switch delays, and what stamping costs.</summary>
internal sealed class StampExperiment(Workbench bench) : IExperiment
{
    private static readonly string[] Presets = ["veryfast", "superfast", "ultrafast"];

    private const string Label = "ffmpeg drawtext + x264 veryfast";
    private const string Cpu = "CPU a stream";

    // Annex E of GB 45438-2025: Label 2, "may be generated".
    private const string Aigc =
        """{"Label":"2","ContentProducer":"bench","ProduceID":"1","ReservedCode1":"","ContentPropagator":"","PropagateID":"","ReservedCode2":""}""";

    /// <inheritdoc/>
    public string Name => "stamp";

    /// <inheritdoc/>
    public string Title => "from the first declared key frame to the first stamped picture, 1080p30 at 6 Mbps";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentReport report, CancellationToken ct)
    {
        await using var load = await LoadProcess.StartAsync(null, ct);
        await using var veryfast = await StartAsync(Presets[0], load, ct);
        await using var superfast = await StartAsync(Presets[1], load, ct);
        await using var ultrafast = await StartAsync(Presets[2], load, ct);
        GateRelay[] gates = [veryfast, superfast, ultrafast];
        await using var origin = await bench.StartNginxAsync("nginx-rtmp", null, null, ct);
        await using var label = new FfmpegRelay(Label, origin, load.SinkPort, FfmpegRelay.LabelEverything);
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            // Another preset goes first in each round, so that a drift of the machine falls on all alike.
            for (var at = 0; at < gates.Length; at++)
                await StampAsync(report, gates[(at + round) % gates.Length], load, ct);
            var run = await bench.RunAsync(label, load, new RunPlan(ClipKind.Full, 1, bench.Options.WarmUp, bench.Options.Window), ct);
            report.AddConditions(label.Name, run);
            report.Add(label.Name, Cpu, "% of a core", run.CpuPercentPerStream);
        }

        foreach (var gate in gates)
            report.Compare(Cpu, gate.Name, Label);
    }

    private Task<GateRelay> StartAsync(string preset, LoadProcess load, CancellationToken ct) =>
        bench.StartGateAsync($"gate, stamping {preset}", load.SinkPort, new GateSettings(IsInspecting: true, preset), null, ct);

    private async Task StampAsync(ExperimentReport report, GateRelay gate, LoadProcess load, CancellationToken ct)
    {
        var run = await bench.RunAsync(gate, load, new RunPlan(ClipKind.Full, 1, bench.Options.WarmUp, bench.Options.Window, Aigc), ct);
        var first = run.Report.Switches[0];
        report.AddConditions(gate.Name, run);
        report.Add(gate.Name, "first key frame in to first stamped picture out", "ms", first.Milliseconds);
        report.Add(gate.Name, "GOPs that went through before it", "GOPs", first.Gops);
        report.Add(gate.Name, "way of the first stamped picture", "ms", first.LatencyMilliseconds);
        report.Add(gate.Name, "way of stamped pictures after warm-up, p50", "ms", run.Report.Altered.P50);
        report.Add(gate.Name, "way of stamped pictures after warm-up, p99", "ms", run.Report.Altered.P99);
        report.Add(gate.Name, "way of untouched audio beside them, p99", "ms", run.Report.Intact.P99);
        report.Add(gate.Name, Cpu, "% of a core", run.CpuPercentPerStream);
        if (run.Report.Unmatched > 0)
            report.Note($"{gate.Name}: {run.Report.Unmatched} packets of a stamped stream had a time that was never published.");
    }
}
