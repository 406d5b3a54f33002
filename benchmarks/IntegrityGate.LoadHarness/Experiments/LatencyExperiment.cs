using System.Globalization;
using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.LoadHarness.Load;
using IntegrityGate.LoadHarness.Peers;
using IntegrityGate.LoadHarness.Reports;

namespace IntegrityGate.LoadHarness.Experiments;

/// <summary>What the gate adds to a packet's way: from its hand-over to the socket until the sink has all of it, less the same without a gate.</summary>
internal sealed class LatencyExperiment(Workbench bench) : IExperiment
{
    private const string Forwarding = "gate, forwarding only";
    private const string Inspecting = "gate, inspecting";
    private const string Push = "nginx-rtmp push";
    private const double AimedCores = 0.7;

    /// <inheritdoc/>
    public string Name => "latency";

    /// <inheritdoc/>
    public string Title => "added latency of forwarding";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentReport report, CancellationToken ct)
    {
        await using var load = await LoadProcess.StartAsync(HarnessOptions.LoadCore, ct);
        await using var forwarding = await bench.StartGateAsync(Forwarding, load.SinkPort, isInspecting: false, HarnessOptions.RelayCore, ct);
        await using var inspecting = await bench.StartGateAsync(Inspecting, load.SinkPort, isInspecting: true, HarnessOptions.RelayCore, ct);
        await using var push = await bench.StartNginxAsync(Push, load.SinkPort, HarnessOptions.RelayCore, ct);
        await using var direct = new DirectPath(load.SinkPort);
        report.Note("The relay is alone on core 0, publishers and sink share core 1.");

        var many = await FindLoadAsync(forwarding, load, ct);
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            await MeasureAsync(report, load, ClipKind.Full, 1, [direct, forwarding, inspecting, push], round, ct);
            await MeasureAsync(report, load, ClipKind.Medium, many, [direct, forwarding, push], round, ct);
        }
    }

    private async Task<int> FindLoadAsync(GateRelay gate, LoadProcess load, CancellationToken ct)
    {
        var probe = bench.Options.IsQuick ? 10 : 60;
        var run = await bench.RunAsync(gate, load, new RunPlan(ClipKind.Medium, probe, bench.Options.WarmUp, bench.Options.WarmUp), ct);
        var aimed = (int)(100 * AimedCores / run.CpuPercentPerStream);
        var bearable = (int)(AimedCores / run.LoadCores * probe);
        return bench.Options.IsQuick ? 20 : Math.Min(aimed, bearable);
    }

    private async Task MeasureAsync(
        ExperimentReport report, LoadProcess load, ClipKind clip, int streams, IReadOnlyList<IRelay> relays, int round, CancellationToken ct)
    {
        var found = new Dictionary<string, LatencySummary>();
        for (var at = 0; at < relays.Count; at++)
        {
            var relay = relays[(at + round) % relays.Count];
            var run = await bench.RunAsync(relay, load, new RunPlan(clip, streams, bench.Options.WarmUp, bench.Options.Window), ct);
            var way = WayOf(relay.Name, clip, streams);
            found[relay.Name] = run.Report.Intact;
            report.AddConditions(way, run);
            Add(report, way, run.Report.Intact, LatencySummary.Empty);
            if (relay is not DirectPath)
                report.Add(way, "CPU of the relay", "% of a core", 100 * run.RelayCores);
        }

        foreach (var relay in relays.Where(relay => relay is not DirectPath))
            Add(report, $"added by {WayOf(relay.Name, clip, streams)}", found[relay.Name], found["direct"]);
    }

    private static string WayOf(string relay, ClipKind clip, int streams) => string.Create(CultureInfo.InvariantCulture, $"{relay}, {streams} x {clip.Name}");

    private static void Add(ExperimentReport report, string way, LatencySummary found, LatencySummary less)
    {
        report.Add(way, "p50", "ms", found.P50 - less.P50);
        report.Add(way, "p99", "ms", found.P99 - less.P99);
        report.Add(way, "p99.9", "ms", found.P999 - less.P999);
    }
}
