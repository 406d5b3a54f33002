using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>One gate for all players, that keeps streams and does not look: only the tests' own acts set a stamp.</summary>
public sealed class InteropGate : IAsyncLifetime
{
    internal GateProcess Gate { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gate = await GateProcess.StartAsync("inspection:\n  enabled: false\ncontinuity:\n  hold: 0s\n");

    public ValueTask DisposeAsync() => Gate.DisposeAsync();
}
