namespace IntegrityGate.LoadHarness.Peers;

/// <summary>No relay: straight to the sink. What is measured on it is the harness's own share.</summary>
internal sealed class DirectPath(int sinkPort) : IRelay
{
    /// <inheritdoc/>
    public string Name => "direct";

    /// <inheritdoc/>
    public string Target { get; } = $"rtmp://127.0.0.1:{sinkPort}/live";

    /// <inheritdoc/>
    public Task AttachAsync(IReadOnlyList<string> streams, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DetachAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public string Said => "";

    /// <inheritdoc/>
    public double CpuSeconds() => 0;

    /// <inheritdoc/>
    public Task<RelayCounters> ReadCountersAsync(CancellationToken ct) => Task.FromResult(RelayCounters.None);

    /// <inheritdoc/>
    public long PrivateBytes() => 0;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
