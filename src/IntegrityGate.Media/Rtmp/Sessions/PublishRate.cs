namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>Spreads publish commands: so many a second over all connections, with a burst of two seconds' worth.</summary>
internal sealed class PublishRate(int perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _tokens = 2.0 * perSecond;
    private long _filled = time.GetTimestamp();

    /// <summary>Takes a place in the current second.</summary>
    /// <returns>False when it is full.</returns>
    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(2.0 * perSecond, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * perSecond));
            _filled = now;
            if (_tokens < 1)
                return false;
            _tokens--;
            return true;
        }
    }
}
