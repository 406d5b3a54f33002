namespace IntegrityGate.Detection.Runtime;

/// <summary>One loaded detector, with those who use it counted: it is disposed when it is no longer in force and no look uses it.</summary>
/// <typeparam name="TDetector">The detector.</typeparam>
/// <param name="detector">The detector; owned.</param>
/// <param name="identity">SHA-256 of its model.json, which names its files by theirs.</param>
internal sealed class ModelGeneration<TDetector>(TDetector detector, string identity)
    where TDetector : IDisposable
{
    // The first hold is that of being in force.
    private int _holds = 1;

    /// <summary>The detector.</summary>
    public TDetector Detector => detector;

    /// <summary>SHA-256 of its model.json.</summary>
    public string Identity => identity;

    /// <summary>Holds it for a look; false when it is disposed already.</summary>
    public bool TryHold()
    {
        var holds = Volatile.Read(ref _holds);
        while (holds > 0)
        {
            var seen = Interlocked.CompareExchange(ref _holds, holds + 1, holds);
            if (seen == holds)
                return true;
            holds = seen;
        }

        return false;
    }

    /// <summary>Gives a hold back.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
            detector.Dispose();
    }
}
