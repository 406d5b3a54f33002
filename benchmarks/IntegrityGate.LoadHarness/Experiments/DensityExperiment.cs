using System.Globalization;
using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.LoadHarness.Peers;
using IntegrityGate.LoadHarness.Reports;

namespace IntegrityGate.LoadHarness.Experiments;

/// <summary>Streams a core carries: the gate and nginx-rtmp's relay under the same load, at the highest load that the generator can bear.</summary>
internal sealed class DensityExperiment(Workbench bench) : IExperiment
{
    private const string Forwarding = "gate, forwarding only";
    private const string Inspecting = "gate, inspecting";
    private const string Push = "nginx-rtmp push";
    private const string PerCore = "streams a core";

    // Publishers and sink stay under 80 % of their core, so that they are not what is measured; the relay under 90 % of its own, because a full
    // one seems cheaper the more it falls behind.
    private const double MostLoadCores = 0.8;
    private const double MostRelayCores = 0.9;
    private const double LeastDelivered = 0.95;
    private const int MostStreams = 1500;
    private const int FirstStreams = 60;
    private const int QuickStreams = 10;
    private const int MostSteps = 5;

    /// <inheritdoc/>
    public string Name => "density";

    /// <inheritdoc/>
    public string Title => "publishers forwarded by one core";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentReport report, CancellationToken ct)
    {
        await using var load = await LoadProcess.StartAsync(HarnessOptions.LoadCore, ct);
        await using var forwarding = await bench.StartGateAsync(Forwarding, load.SinkPort, isInspecting: false, HarnessOptions.RelayCore, ct);
        await using var inspecting = await bench.StartGateAsync(Inspecting, load.SinkPort, isInspecting: true, HarnessOptions.RelayCore, ct);
        await using var push = await bench.StartNginxAsync(Push, load.SinkPort, HarnessOptions.RelayCore, ct);
        var idle = new IRelay[] { forwarding, inspecting, push }.ToDictionary(relay => relay.Name, relay => relay.PrivateBytes());
        report.Note("The relay is alone on core 0, publishers and sink share core 1. Streams a core are 1 / (CPU seconds per stream-second).");
        report.Note("Memory a stream is private memory under load less that of the idle process, divided by the streams.");

        foreach (var clip in (ClipKind[])[ClipKind.Small, ClipKind.Medium])
        {
            var most = await FindLoadAsync([forwarding, push], load, clip, ct);
            var fewer = await FindLoadAsync([inspecting], load, clip, ct);
            for (var round = 0; round < bench.Options.Rounds; round++)
            {
                foreach (var relay in round % 2 == 0 ? (IRelay[])[forwarding, push] : [push, forwarding])
                    await MeasureAsync(report, relay, load, clip, most, idle, ct);
                await MeasureAsync(report, inspecting, load, clip, fewer, idle, ct);
            }

            report.Compare(PerCore, WayOf(Forwarding, clip, most), WayOf(Push, clip, most));
        }
    }

    private static string WayOf(string relay, ClipKind clip, int streams) => string.Create(CultureInfo.InvariantCulture, $"{relay}, {streams} x {clip.Name}");

    // Looks for the highest number at which, for every relay, neither side is over its share. The search ends after a few steps: on a busy
    // machine the costs jump, and the highest number that fitted once is as good as any.
    private async Task<int> FindLoadAsync(IReadOnlyList<IRelay> relays, LoadProcess load, ClipKind clip, CancellationToken ct)
    {
        if (bench.Options.IsQuick)
            return QuickStreams;
        var (streams, fitted) = (FirstStreams, 1);
        for (var step = 0; step < MostSteps; step++)
        {
            var room = await FindRoomAsync(relays, load, clip, streams, ct);
            if (room >= 1)
                fitted = Math.Max(fitted, streams);
            if (room is >= 1 and < 1.15 || (streams >= MostStreams && room >= 1))
                break;

            // Costs a stream fall with the load, so a step of three at most, and a little short of the aim.
            streams = Math.Min(MostStreams, Math.Max(1, (int)(streams * Math.Min(3, room * 0.96))));
        }

        return fitted;
    }

    // How many times as much the busiest of all could bear.
    private async Task<double> FindRoomAsync(IReadOnlyList<IRelay> relays, LoadProcess load, ClipKind clip, int streams, CancellationToken ct)
    {
        var room = double.MaxValue;
        foreach (var relay in relays)
        {
            try
            {
                var run = await bench.RunAsync(relay, load, new RunPlan(clip, streams, bench.Options.WarmUp, bench.Options.WarmUp), ct);
                room = Math.Min(room, Math.Min(MostLoadCores / run.LoadCores, 100 * MostRelayCores / (run.CpuPercentPerStream * streams)));
                if (run.Report.Delivered < LeastDelivered)
                    room = Math.Min(room, 0.5); // somebody fell behind, and one who falls behind seems cheap
            }
            catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
            {
                room = Math.Min(room, 0.5); // publishers that could not even begin, or were cut for their silence, are too many
            }
        }

        return room;
    }

    private async Task MeasureAsync(
        ExperimentReport report, IRelay relay, LoadProcess load, ClipKind clip, int streams, Dictionary<string, long> idle, CancellationToken ct)
    {
        var run = await bench.RunAsync(relay, load, new RunPlan(clip, streams, bench.Options.WarmUp, bench.Options.Window), ct);
        var way = WayOf(relay.Name, clip, streams);
        report.AddConditions(way, run);
        report.Add(way, "CPU a stream", "% of a core", run.CpuPercentPerStream);
        report.Add(way, PerCore, "streams", streams / run.RelayCores);
        report.Add(way, "private memory a stream", "MB", (run.RelayPrivateBytes - idle[relay.Name]) / 1e6 / streams);
        if (run.Counters.Packets > 0)
            report.Add(way, "allocated a packet", "bytes", run.Counters.AllocatedBytes / run.Counters.Packets);
        if (relay.Name == Inspecting)
            report.Add(way, "pictures looked at", "a minute and stream", 60 * run.Counters.Looks / bench.Options.Window.TotalSeconds / streams);
        report.Add(way, "CPU of publishers and sink", "% of a core", 100 * run.LoadCores);
        report.Add(way, "latest publisher", "ms", run.Report.LatenessMilliseconds);
    }
}
