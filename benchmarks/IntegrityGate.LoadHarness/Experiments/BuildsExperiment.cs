using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.LoadHarness.Peers;
using IntegrityGate.LoadHarness.Reports;

namespace IntegrityGate.LoadHarness.Experiments;

/// <summary>Two builds of the gate beside each other: what a change did to the cost of forwarding.</summary>
internal sealed class BuildsExperiment(Workbench bench) : IExperiment
{
    private const string Cpu = "CPU a stream";
    private static readonly (ClipKind Clip, int Streams)[] Loads = [(ClipKind.Full, 1), (ClipKind.Full, 8), (ClipKind.Small, 60)];

    /// <inheritdoc/>
    public string Name => "builds";

    /// <inheritdoc/>
    public string Title => "forwarding, this build beside another";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentReport report, CancellationToken ct)
    {
        await using var load = await LoadProcess.StartAsync(HarnessOptions.LoadCore, ct);
        await using var before = await StartAsync("before", bench.Before, load, ct);
        await using var after = await StartAsync("after", bench.Gate, load, ct);
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            foreach (var (clip, streams) in Loads)
            {
                foreach (var gate in round % 2 == 0 ? (GateRelay[])[before, after] : [after, before])
                    await MeasureAsync(report, gate, load, clip, streams, ct);
            }
        }

        foreach (var (clip, streams) in Loads)
            report.Compare(Cpu, WayOf(after, clip, streams), WayOf(before, clip, streams));
    }

    private static string WayOf(GateRelay gate, ClipKind clip, int streams) => $"{gate.Name}, {streams} x {clip.Name}";

    private Task<GateRelay> StartAsync(string name, GateProgram program, LoadProcess load, CancellationToken ct) =>
        GateRelay.StartAsync(name, program, bench.NewFolder(), load.SinkPort, new GateSettings(IsInspecting: false), HarnessOptions.RelayCore, ct);

    private async Task MeasureAsync(ExperimentReport report, GateRelay gate, LoadProcess load, ClipKind clip, int streams, CancellationToken ct)
    {
        var run = await bench.RunAsync(gate, load, new RunPlan(clip, streams, bench.Options.WarmUp, bench.Options.Window), ct);
        var way = WayOf(gate, clip, streams);
        report.AddConditions(way, run);
        report.Add(way, Cpu, "% of a core", run.CpuPercentPerStream);
        report.Add(way, "allocated a packet", "bytes", run.Counters.AllocatedBytes / run.Counters.Packets);
        report.Add(way, "latency p50", "ms", run.Report.Intact.P50);
        report.Add(way, "latency p99", "ms", run.Report.Intact.P99);
    }
}
