namespace IntegrityGate.Streams;

/// <summary>The time for which a stream waits for its publisher to come back, with something to do meanwhile.</summary>
internal sealed class PublisherWait : IDisposable
{
    private readonly ITimer _expiry;
    private readonly ITimer _repeat;

    /// <param name="window">How long to wait.</param>
    /// <param name="every">How often to call <paramref name="meanwhile"/>.</param>
    /// <param name="time">Clock.</param>
    /// <param name="meanwhile">Called on a timer's thread while the wait lasts.</param>
    /// <param name="expired">Called once on a timer's thread with this wait, when nobody came.</param>
    public PublisherWait(TimeSpan window, TimeSpan every, TimeProvider time, Action meanwhile, Action<PublisherWait> expired)
    {
        _repeat = time.CreateTimer(_ => meanwhile(), null, every, every);
        _expiry = time.CreateTimer(_ => expired(this), null, window, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _repeat.Dispose();
        _expiry.Dispose();
    }
}
