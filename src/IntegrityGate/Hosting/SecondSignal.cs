using System.Runtime.InteropServices;

namespace IntegrityGate.Hosting;

/// <summary>The first SIGTERM or Ctrl-C lets the gate drain; the second ends the process at once.</summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    public SecondSignal() => _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true; // the host's own handler begins the drain
        if (Interlocked.Increment(ref _signals) > 1)
            Environment.Exit(128 + (context.Signal == PosixSignal.SIGINT ? 2 : 15)); // as a shell says it
    }
}
