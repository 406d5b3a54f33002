using System.Globalization;
using System.Text.RegularExpressions;
using IntegrityGate.LoadHarness.Machine;

namespace IntegrityGate.LoadHarness.Peers;

/// <summary>The gate itself, <c>integritygate serve</c>, in a process of its own on ports that it chooses.</summary>
internal sealed partial class GateRelay : IRelay
{
    private readonly ToolProcess _gate;

    private GateRelay(string name, ToolProcess gate)
    {
        Name = name;
        _gate = gate;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Target { get; private set; } = "";

    /// <summary>The page's address, which also has the metrics.</summary>
    public Uri Page { get; private set; } = null!;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="name">Name in tables.</param>
    /// <param name="program">The program's assembly.</param>
    /// <param name="folder">For its settings and its journal.</param>
    /// <param name="sinkPort">Where it forwards to.</param>
    /// <param name="settings">What differs from its defaults.</param>
    /// <param name="core">The one core it may run on, or null for all.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<GateRelay> StartAsync(
        string name, GateProgram program, string folder, int sinkPort, GateSettings settings, int? core, CancellationToken ct)
    {
        var config = Path.Combine(folder, "settings.yaml");
        await File.WriteAllTextAsync(config, settings.ToYaml(), ct);
        string[] arguments =
        [
            program.Assembly, "serve", "--config", config, "--rtmp-port", "0", "--http-port", "0", "--grpc-port", "0",
            "--upstream", $"rtmp://127.0.0.1:{sinkPort}/live", "--data", Path.Combine(folder, "data"), "--models", program.Models,
        ];
        var gate = new GateRelay(name, ToolProcess.Start("dotnet", arguments, core));
        try
        {
            await gate._gate.WaitForAsync("its banner", () => ReadyLine().IsMatch(gate._gate.Said), TimeSpan.FromSeconds(90), ct);
        }
        catch
        {
            await gate.DisposeAsync();
            throw;
        }

        gate.Target = string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{PublishLine().Match(gate._gate.Said).Groups[1].Value}/live");
        gate.Page = new Uri(PageLine().Match(gate._gate.Said).Groups[1].Value);
        return gate;
    }

    /// <inheritdoc/>
    public Task AttachAsync(IReadOnlyList<string> streams, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DetachAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public string Said => _gate.Said;

    /// <inheritdoc/>
    public double CpuSeconds() => ProcessTree.CpuSeconds(_gate.Pid);

    /// <inheritdoc/>
    public long PrivateBytes() => ProcessTree.PrivateBytes(_gate.Pid);

    /// <inheritdoc/>
    public async Task<RelayCounters> ReadCountersAsync(CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = Page };
        var lines = (await client.GetStringAsync(new Uri("metrics", UriKind.Relative), ct)).Split('\n');
        return new RelayCounters(
            Sum(lines, "integritygate_ingest_packets_total"),
            Sum(lines, "integritygate_look_samples_total"),
            Sum(lines, "dotnet_gc_heap_total_allocated_bytes_total"),
            lines.Select(line => StageLine().Match(line)).Where(match => match.Success).ToDictionary(
                match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    // Over all labels. A line is: name{labels} value timestamp
    private static double Sum(string[] lines, string name) => lines
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length..] is ['{' or ' ', ..])
        .Sum(line => double.Parse(line[(line.LastIndexOf('}') is >= 0 and var end ? end + 1 : name.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^\s*publish\s+rtmp://[^/\s]+:(\d+)/", RegexOptions.Multiline)]
    private static partial Regex PublishLine();

    [GeneratedRegex(@"^\s*page\s+(http://\S+)", RegexOptions.Multiline)]
    private static partial Regex PageLine();

    [GeneratedRegex("""^integritygate_schedule_cpu_milliseconds_total\{.*stage="(\w+)".*\} ([0-9.eE+-]+)""")]
    private static partial Regex StageLine();

    [GeneratedRegex(@"^\s*ready\b", RegexOptions.Multiline)]
    private static partial Regex ReadyLine();
}
