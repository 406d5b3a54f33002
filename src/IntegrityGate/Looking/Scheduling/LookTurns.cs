namespace IntegrityGate.Looking.Scheduling;

/// <summary>One stream's dealings with the scheduler: it asks for a turn when a sample waits, and says what the turn cost. Dispose it when the stream ends.</summary>
internal sealed class LookTurns : IDisposable
{
    private readonly LookScheduler _scheduler;
    private readonly LookSeat _seat;
    private TaskCompletionSource? _asked;

    /// <param name="scheduler">The scheduler.</param>
    /// <param name="seat">The stream's place.</param>
    internal LookTurns(LookScheduler scheduler, LookSeat seat)
    {
        _scheduler = scheduler;
        _seat = seat;
    }

    /// <summary>True while the budget cannot show every stream within the floor.</summary>
    public bool IsOverloaded => _scheduler.IsOverloaded;

    /// <summary>Time between looks that the stream's risk calls for.</summary>
    public void Want(TimeSpan interval) => _scheduler.Want(_seat, interval);

    /// <summary>Waits until the stream may be looked at; <see cref="End"/> must follow.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; no turn was taken.</exception>
    public async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _scheduler.Ask(this, asked);
        if (asked.Task.IsCompleted)
            return;
        try
        {
            await asked.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _scheduler.Forgo(this);
            throw;
        }
    }

    /// <summary>Ends the turn.</summary>
    /// <param name="spent">What it cost; null when there was nothing to look at.</param>
    public void End(LookSpending? spent) => _scheduler.End(_seat, spent);

    /// <inheritdoc/>
    public void Dispose() => _scheduler.Leave(this);

    /// <summary>The place; for the scheduler.</summary>
    internal LookSeat Seat => _seat;

    /// <summary>The open question; for the scheduler, under its lock.</summary>
    internal TaskCompletionSource? Asked
    {
        get => _asked;
        set => _asked = value;
    }
}
