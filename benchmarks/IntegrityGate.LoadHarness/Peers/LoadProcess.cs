using System.Text.Json;
using IntegrityGate.LoadHarness.Load;
using IntegrityGate.LoadHarness.Machine;

namespace IntegrityGate.LoadHarness.Peers;

/// <summary>The harness's hold on its load process: publishers and sink.</summary>
internal sealed class LoadProcess : IAsyncDisposable
{
    private readonly ToolProcess _process;

    private LoadProcess(ToolProcess process) => _process = process;

    /// <summary>The sink's port.</summary>
    public int SinkPort { get; private init; }

    /// <summary>Starts it.</summary>
    /// <param name="core">The one core it may run on, or null for all.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<LoadProcess> StartAsync(int? core, CancellationToken ct)
    {
        var process = ToolProcess.Start("dotnet", [typeof(LoadProcess).Assembly.Location, "load"], core, listensToOutput: false);
        return new LoadProcess(process) { SinkPort = (await ReadAsync(process, ct)).SinkPort };
    }

    /// <summary>Asks it to do something and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">It failed; the reason is in the message.</exception>
    public async Task<LoadReport> AskAsync(LoadRequest request, CancellationToken ct)
    {
        await _process.Input.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), ct);
        await _process.Input.FlushAsync(ct);
        return await ReadAsync(_process, ct);
    }

    /// <summary>User and system seconds used so far.</summary>
    public double CpuSeconds() => ProcessTree.CpuSeconds(_process.Pid);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<LoadReport> ReadAsync(ToolProcess process, CancellationToken ct)
    {
        var line = await process.Output.ReadLineAsync(ct) ?? throw new InvalidOperationException($"The load process ended: {process.Said}");
        var report = JsonSerializer.Deserialize<LoadReport>(line)!;
        return report.Error is { } error ? throw new InvalidOperationException($"The load process: {error}") : report;
    }
}
