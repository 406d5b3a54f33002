using IntegrityGate.Core.Evidence;

namespace IntegrityGate.Detection.Runtime;

/// <summary>
/// The detector in force for one task. A look holds what it began with, so that another can be put in force between two looks and
/// the old one is disposed after its last.
/// </summary>
/// <typeparam name="TDetector">The detector.</typeparam>
internal sealed class ModelSeat<TDetector>(TDetector detector, string identity) : IDisposable
    where TDetector : class, IDetector, IDisposable
{
    private readonly Lock _lock = new();
    private ModelGeneration<TDetector> _inForce = new(detector, identity);
    private bool _closed;

    /// <summary>The detector in force; to be asked what it is, not to look with.</summary>
    public TDetector InForce => Volatile.Read(ref _inForce).Detector;

    /// <summary>SHA-256 of its model.json.</summary>
    public string Identity => Volatile.Read(ref _inForce).Identity;

    /// <summary>Holds the detector in force for a look; give it back with <see cref="ModelGeneration{TDetector}.Release"/>.</summary>
    public ModelGeneration<TDetector> Hold()
    {
        while (true)
        {
            var generation = Volatile.Read(ref _inForce);
            if (generation.TryHold())
                return generation;
            // It was replaced since it was read, unless the seat is closed.
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed), this);
        }
    }

    /// <summary>Puts another detector in force for looks that begin from now on; owns it.</summary>
    public void Replace(TDetector detector, string identity)
    {
        ModelGeneration<TDetector> leaving;
        lock (_lock)
        {
            leaving = _closed ? new ModelGeneration<TDetector>(detector, identity) : _inForce;
            if (!_closed)
                Volatile.Write(ref _inForce, new ModelGeneration<TDetector>(detector, identity));
        }

        leaving.Release();
    }

    /// <summary>Closes it; looks under way end with what they hold.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            Volatile.Write(ref _closed, true);
        }

        _inForce.Release();
    }
}
