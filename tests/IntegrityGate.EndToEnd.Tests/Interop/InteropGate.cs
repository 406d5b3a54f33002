using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>One gate for all players, that keeps streams and does not look: only the tests' own acts set a stamp.</summary>
public sealed class InteropGate : IAsyncLifetime
{
    // The players are the subject, not the encoder: it has the time that it needs beside them on a busy machine.
    private const string Settings =
        """
        inspection:
          enabled: false
        continuity:
          hold: 0s
        stamp:
          preset: ultrafast
          maxLag: 30s
        """;

    internal GateProcess Gate { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gate = await GateProcess.StartAsync(Settings);

    public ValueTask DisposeAsync() => Gate.DisposeAsync();
}
