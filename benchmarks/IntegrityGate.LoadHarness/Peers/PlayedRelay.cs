using System.Globalization;
using IntegrityGate.LoadHarness.Load;

namespace IntegrityGate.LoadHarness.Peers;

/// <summary>A relay of whose first stream players take copies while it is measured.</summary>
/// <param name="relay">The relay.</param>
/// <param name="way">Its name with the way of playing.</param>
/// <param name="load">Where the players run.</param>
/// <param name="players">How many.</param>
/// <param name="address">Where a stream of this name is played.</param>
internal sealed class PlayedRelay(IRelay relay, string way, LoadProcess load, int players, Func<string, string> address) : IRelay
{
    /// <inheritdoc/>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{way}, {players} players");

    /// <inheritdoc/>
    public string Target => relay.Target;

    /// <inheritdoc/>
    public string Said => relay.Said;

    /// <inheritdoc/>
    public async Task AttachAsync(IReadOnlyList<string> streams, CancellationToken ct)
    {
        await relay.AttachAsync(streams, ct);
        await load.AskAsync(new LoadRequest(LoadVerb.Play, Streams: players, Target: address(streams[0])), ct);
    }

    /// <inheritdoc/>
    public Task DetachAsync() => relay.DetachAsync();

    /// <inheritdoc/>
    public double CpuSeconds() => relay.CpuSeconds();

    /// <inheritdoc/>
    public Task<RelayCounters> ReadCountersAsync(CancellationToken ct) => relay.ReadCountersAsync(ct);

    /// <inheritdoc/>
    public long PrivateBytes() => relay.PrivateBytes();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask; // the relay is its owner's
}
