using System.Diagnostics;
using System.Globalization;
using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.LoadHarness.Load;
using IntegrityGate.LoadHarness.Machine;
using IntegrityGate.LoadHarness.Peers;
using Spectre.Console;

namespace IntegrityGate.LoadHarness;

/// <summary>What all experiments work with: options, clips, a folder, and the one procedure by which a relay is measured.</summary>
internal sealed class Workbench(HarnessOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan FlowLimit = TimeSpan.FromSeconds(45);

    private readonly string _folder = Directory.CreateTempSubdirectory("integritygate-bench-").FullName;
    private int _runs;

    /// <summary>The options of this invocation.</summary>
    public HarnessOptions Options => options;

    /// <summary>The gate.</summary>
    public GateProgram Gate { get; } = GateProgram.Find(options.Gate);

    /// <summary>The build it is compared with.</summary>
    /// <exception cref="InvalidOperationException">None was named.</exception>
    public GateProgram Before => options.Before is { } file ? GateProgram.Find(file) : throw new InvalidOperationException("Name the other build with --before.");

    /// <summary>A fresh folder that goes away at the end.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>The clip as a file.</summary>
    public Task<string> ClipAsync(ClipKind kind, CancellationToken ct) => ClipMaker.MakeAsync(kind, _folder, ct);

    /// <summary>Starts a gate.</summary>
    public Task<GateRelay> StartGateAsync(string name, int sinkPort, bool isInspecting, int? core, CancellationToken ct) =>
        StartGateAsync(name, sinkPort, new GateSettings(isInspecting), core, ct);

    /// <summary>Starts a gate with settings of its own.</summary>
    public Task<GateRelay> StartGateAsync(string name, int sinkPort, GateSettings settings, int? core, CancellationToken ct) =>
        GateRelay.StartAsync(name, Gate, NewFolder(), sinkPort, settings, core, ct);

    /// <summary>Starts an nginx-rtmp.</summary>
    public Task<NginxRelay> StartNginxAsync(string name, int? pushPort, int? core, CancellationToken ct) =>
        NginxRelay.StartAsync(name, NewFolder(), pushPort, core, ct);

    /// <summary>Publishes through a relay, waits until it flows and is warm, and measures for a while.</summary>
    /// <exception cref="TimeoutException">Not all streams came out of the relay.</exception>
    public async Task<RunResult> RunAsync(IRelay relay, LoadProcess load, RunPlan plan, CancellationToken ct)
    {
        var request = new LoadRequest(
            LoadVerb.Start,
            await ClipAsync(plan.Clip, ct),
            plan.Streams,
            relay.Target,
            string.Create(CultureInfo.InvariantCulture, $"bench{++_runs}x"),
            plan.Aigc);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{relay.Name}: {plan.Streams} x {plan.Clip.Name} for {plan.Window.TotalSeconds} s[/]");
        try
        {
            await load.AskAsync(request, ct);
            await relay.AttachAsync([.. Enumerable.Range(0, plan.Streams).Select(request.NameOf)], ct);
            await WaitAsync(relay, load, report => report.Flowing == plan.Streams, "all streams to flow", ct);
            if (plan.Aigc is not null)
                await WaitAsync(relay, load, report => report.Switches.Count == plan.Streams, "all streams to be stamped", ct);
            await Task.Delay(plan.WarmUp, ct);
            return await MeasureAsync(relay, load, plan, ct);
        }
        finally
        {
            await relay.DetachAsync();
            await load.AskAsync(new LoadRequest(LoadVerb.Stop), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<RunResult> MeasureAsync(IRelay relay, LoadProcess load, RunPlan plan, CancellationToken ct)
    {
        await load.AskAsync(new LoadRequest(LoadVerb.Mark), ct);
        var counters = await relay.ReadCountersAsync(ct);
        var system = SystemCpu.Now();
        var (relayCpu, loadCpu, started) = (relay.CpuSeconds(), load.CpuSeconds(), Stopwatch.GetTimestamp());
        await Task.Delay(plan.Window, ct);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        (relayCpu, loadCpu) = (relay.CpuSeconds() - relayCpu, load.CpuSeconds() - loadCpu);
        var others = SystemCpu.Now().OthersSince(system);
        var report = await load.AskAsync(new LoadRequest(LoadVerb.Report), ct);
        return new RunResult(plan.Streams, relayCpu / seconds, loadCpu / seconds, relay.PrivateBytes(), others, report, await relay.ReadCountersAsync(ct) - counters);
    }

    private static async Task WaitAsync(IRelay relay, LoadProcess load, Func<LoadReport, bool> holds, string what, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var report = await load.AskAsync(new LoadRequest(LoadVerb.Report), ct);
            if (holds(report))
                return;
            if (Stopwatch.GetElapsedTime(started) > FlowLimit)
                throw new TimeoutException($"{relay.Name}: waited {FlowLimit} for {what}; {report.Flowing} flow, {report.Switches.Count} are stamped. {relay.Said}");
            await Task.Delay(100, ct);
        }
    }
}
