namespace IntegrityGate.Reporting.Grpc;

/// <summary>Bounds how many calls of a kind run at a time; one too many is refused, never queued.</summary>
internal sealed class CallSlots(int max)
{
    private int _taken;

    /// <summary>Takes a place.</summary>
    /// <returns>False when all are taken.</returns>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= max)
            return true;
        Interlocked.Decrement(ref _taken);
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Free() => Interlocked.Decrement(ref _taken);
}
