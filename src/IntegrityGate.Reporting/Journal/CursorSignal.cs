namespace IntegrityGate.Reporting.Journal;

/// <summary>Tells every waiting reader at once that the feed has grown. It holds nothing per reader.</summary>
internal sealed class CursorSignal(long latest)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _latest = latest;

    /// <summary>Newest cursor that is durable.</summary>
    public long Latest => Volatile.Read(ref _latest);

    /// <summary>Publishes a cursor that has just become durable.</summary>
    public void Advance(long cursor)
    {
        TaskCompletionSource reached;
        lock (_gate)
        {
            if (cursor <= _latest)
                return;
            Volatile.Write(ref _latest, cursor);
            reached = _next;
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        reached.TrySetResult();
    }

    /// <summary>Ends when there is an event after <paramref name="cursor"/>.</summary>
    public Task WaitAsync(long cursor, CancellationToken cancellationToken)
    {
        lock (_gate)
            return _latest > cursor ? Task.CompletedTask : _next.Task.WaitAsync(cancellationToken);
    }
}
