namespace IntegrityGate.Looking.Scheduling;

/// <summary>
/// CPU time that looks may take: it comes in at a steady rate and is kept up to a burst. A look reserves what it is expected to
/// cost and settles what it did cost; a debt is paid before the next look. So over any stretch of time T the looks that began in it
/// took no more than <c>rate x T + burst</c>, but for what the looks under way cost above what was expected of them.
/// </summary>
/// <param name="cores">Rate, CPU seconds a second.</param>
/// <param name="burst">Most that is kept.</param>
/// <param name="start">Now.</param>
internal sealed class LookBudget(double cores, TimeSpan burst, TimeSpan start)
{
    private readonly TimeSpan _burst = burst;
    private TimeSpan _balance = burst;
    private TimeSpan _at = start;

    /// <summary>CPU seconds a second.</summary>
    public double Cores { get; } = cores;

    /// <summary>CPU time to spend; negative is debt.</summary>
    public TimeSpan Balance => _balance;

    /// <summary>Takes in what came since the last call.</summary>
    public void Advance(TimeSpan now)
    {
        if (now <= _at)
            return;
        _balance += (now - _at) * Cores;
        if (_balance > _burst)
            _balance = _burst;
        _at = now;
    }

    /// <summary>Reserves a cost if it is there. One that is larger than the burst is let through when nothing is spent: it would never fit.</summary>
    public bool TryReserve(TimeSpan expected)
    {
        if (_balance < Least(expected))
            return false;
        _balance -= expected;
        return true;
    }

    /// <summary>Takes the true cost in place of the expected one.</summary>
    public void Settle(TimeSpan expected, TimeSpan actual)
    {
        _balance += expected - actual;
        if (_balance > _burst)
            _balance = _burst;
    }

    /// <summary>How long until a cost can be reserved, if nothing else happens.</summary>
    public TimeSpan WaitFor(TimeSpan expected) => _balance >= Least(expected) ? TimeSpan.Zero : (Least(expected) - _balance) / Cores;

    private TimeSpan Least(TimeSpan expected) => expected < _burst ? expected : _burst;
}
