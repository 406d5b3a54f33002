using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.LoadHarness.Peers;
using IntegrityGate.LoadHarness.Reports;

namespace IntegrityGate.LoadHarness.Experiments;

/// <summary>What forwarding and looking into a 1080p30 stream of 6 Mbps costs, beside copying it and beside encoding all of it again.</summary>
internal sealed class ForwardExperiment(Workbench bench) : IExperiment
{
    private const string Inspecting = "gate, inspecting";
    private const string Forwarding = "gate, forwarding only";
    private const string Copy = "ffmpeg -c copy";
    private const string Push = "nginx-rtmp push";
    private const string Label = "ffmpeg drawtext + x264 veryfast";
    private const string Cpu = "CPU a stream";

    /// <inheritdoc/>
    public string Name => "forward";

    /// <inheritdoc/>
    public string Title => "CPU of a forwarded 1080p30 stream of 6 Mbps";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentReport report, CancellationToken ct)
    {
        await using var load = await LoadProcess.StartAsync(null, ct);
        await using var inspecting = await bench.StartGateAsync(Inspecting, load.SinkPort, isInspecting: true, null, ct);
        await using var forwarding = await bench.StartGateAsync(Forwarding, load.SinkPort, isInspecting: false, null, ct);
        await using var push = await bench.StartNginxAsync(Push, load.SinkPort, null, ct);
        await using var origin = await bench.StartNginxAsync("nginx-rtmp", null, null, ct);
        await using var copy = new FfmpegRelay(Copy, origin, load.SinkPort, FfmpegRelay.Copy);
        await using var label = new FfmpegRelay(Label, origin, load.SinkPort, FfmpegRelay.LabelEverything);
        (IRelay Relay, int Streams)[] ways =
            [(inspecting, 1), (forwarding, 1), (copy, 1), (push, 1), (label, 1), (inspecting, 8), (forwarding, 8), (copy, 8), (push, 8)];

        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            // Another way goes first in each round, so that a drift of the machine falls on all alike.
            for (var at = 0; at < ways.Length; at++)
            {
                var (relay, streams) = ways[(at + round) % ways.Length];
                await MeasureAsync(report, relay, load, streams, ct);
            }
        }

        foreach (var streams in (int[])[1, 8])
        {
            foreach (var gate in (string[])[Inspecting, Forwarding])
            {
                foreach (var baseline in (string[])[Copy, Push, Label])
                    report.Compare(Cpu, WayOf(gate, streams), WayOf(baseline, streams));
            }
        }
    }

    private static string WayOf(string relay, int streams) => streams == 1 ? $"{relay}, 1 stream" : $"{relay}, {streams} streams";

    private async Task MeasureAsync(ExperimentReport report, IRelay relay, LoadProcess load, int streams, CancellationToken ct)
    {
        var run = await bench.RunAsync(relay, load, new RunPlan(ClipKind.Full, streams, bench.Options.WarmUp, bench.Options.Window), ct);
        var way = WayOf(relay.Name, streams);
        report.AddConditions(way, run);
        report.Add(way, Cpu, "% of a core", run.CpuPercentPerStream);
        report.Add(way, "private memory", "MB", run.RelayPrivateBytes / 1e6);
        if (relay.Name == Inspecting)
            report.Add(way, "pictures looked at", "a minute and stream", 60 * run.Counters.Looks / bench.Options.Window.TotalSeconds / streams);
        if (relay is GateRelay && run.Report.Altered.Count + run.Report.Unmatched > 0)
            report.Note($"{way}: {run.Report.Altered.Count + run.Report.Unmatched} packets did not arrive byte for byte.");
    }
}
