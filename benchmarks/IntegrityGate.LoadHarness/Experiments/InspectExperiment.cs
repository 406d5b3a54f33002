using System.Globalization;
using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.LoadHarness.Peers;
using IntegrityGate.LoadHarness.Reports;

namespace IntegrityGate.LoadHarness.Experiments;

/// <summary>What it costs to look into 1080p30 streams in which there is nothing suspicious, beside decoding all of each and beside labelling all of each.</summary>
internal sealed class InspectExperiment(Workbench bench) : IExperiment
{
    private const string Inspecting = "gate, inspecting";
    private const string Decode = "ffmpeg, all frames decoded";
    private const string Label = "ffmpeg drawtext + x264 veryfast";
    private const string PerCore = "streams a core";
    private const int Few = 8;

    private static readonly int[] s_crowds = [100, 300];

    /// <inheritdoc/>
    public string Name => "inspect";

    /// <inheritdoc/>
    public string Title => "1080p30 streams inspected by one core, a look in 2 s";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentReport report, CancellationToken ct)
    {
        report.Note("Streams a core are 1 / (CPU seconds per stream-second), forwarding included; the generator's clip has neither a face nor a letter in it.");
        report.Note("Stages are shares of the CPU time of looks: the decoder's busy time, the detector, the text reader, the print for loops.");
        await CompareAsync(report, ct);
        await CrowdAsync(report, ct);
    }

    private async Task CompareAsync(ExperimentReport report, CancellationToken ct)
    {
        await using var load = await LoadProcess.StartAsync(HarnessOptions.LoadCore, ct);
        await using var gate = await bench.StartGateAsync(Inspecting, load.SinkPort, isInspecting: true, HarnessOptions.RelayCore, ct);
        await using var origin = await bench.StartNginxAsync("nginx-rtmp", null, HarnessOptions.LoadCore, ct);
        await using var decode = new FfmpegRelay(Decode, origin, load.SinkPort, FfmpegRelay.CopyAndDecode);
        await using var label = new FfmpegRelay(Label, origin, load.SinkPort, FfmpegRelay.LabelEverything);
        (IRelay Relay, int Streams)[] ways = [(gate, Few), (decode, 1), (label, 1)];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            for (var at = 0; at < ways.Length; at++)
            {
                var (relay, streams) = ways[(at + round) % ways.Length];
                await MeasureAsync(report, relay, load, ClipKind.Full, streams, relay.Name, ct);
            }
        }

        foreach (var baseline in (string[])[Decode, Label])
            report.Compare(PerCore, Inspecting, baseline);
    }

    private async Task CrowdAsync(ExperimentReport report, CancellationToken ct)
    {
        await using var load = await LoadProcess.StartAsync(null, ct);
        await using var gate = await bench.StartGateAsync(Inspecting, load.SinkPort, isInspecting: true, null, ct);
        var idle = gate.PrivateBytes();
        foreach (var streams in bench.Options.IsQuick ? [10] : s_crowds)
        {
            var way = string.Create(CultureInfo.InvariantCulture, $"{Inspecting}, {streams} x {ClipKind.Lean.Name}");
            var run = await MeasureAsync(report, gate, load, ClipKind.Lean, streams, way, ct);
            report.Add(way, "private memory a stream, decoders included", "MB", (run.RelayPrivateBytes - idle) / 1e6 / streams);
        }
    }

    private async Task<RunResult> MeasureAsync(ExperimentReport report, IRelay relay, LoadProcess load, ClipKind clip, int streams, string way, CancellationToken ct)
    {
        var run = await bench.RunAsync(relay, load, new RunPlan(clip, streams, bench.Options.WarmUp, bench.Options.Window), ct);
        report.AddConditions(way, run);
        report.Add(way, "CPU a stream", "% of a core", run.CpuPercentPerStream);
        report.Add(way, PerCore, "streams", 100 / run.CpuPercentPerStream);
        if (relay is not GateRelay)
            return run;
        report.Add(way, "time between looks at a stream", "s", bench.Options.Window.TotalSeconds * streams / run.Counters.Looks);
        var all = run.Counters.StageMilliseconds.Values.Sum();
        report.Add(way, "CPU time of a look", "ms", all / run.Counters.Looks);
        foreach (var (stage, milliseconds) in run.Counters.StageMilliseconds.OrderByDescending(pair => pair.Value))
            report.Add(way, $"of that, {stage}", "%", 100 * milliseconds / all);
        return run;
    }
}
