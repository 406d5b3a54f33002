namespace IntegrityGate.Looking.Scheduling;

/// <summary>One stream's place in the <see cref="TurnTable"/>.</summary>
/// <param name="joined">When it joined.</param>
/// <param name="wanted">First interval.</param>
internal sealed class LookSeat(TimeSpan joined, TimeSpan wanted)
{
    /// <summary>Time between looks that the stream's risk calls for.</summary>
    public TimeSpan Wanted { get; set; } = wanted;

    /// <summary>What its looks cost.</summary>
    public LookCost Cost { get; } = new();

    /// <summary>When its last turn began; before the first, when it joined.</summary>
    public TimeSpan LastTurn { get; private set; } = joined;

    /// <summary>True once it had a turn.</summary>
    public bool HadTurn { get; private set; }

    /// <summary>Since when a sample waits; null when none does.</summary>
    public TimeSpan? WaitingSince { get; set; }

    /// <summary>When a sample was last there; null before the first.</summary>
    public TimeSpan? LastOffer { get; private set; }

    /// <summary>What the present turn reserved; null when there is none.</summary>
    public TimeSpan? Reserved { get; private set; }

    /// <summary>A sample is there.</summary>
    public void Offer(TimeSpan now)
    {
        WaitingSince ??= now;
        LastOffer = now;
    }

    /// <summary>Begins a turn.</summary>
    public void Begin(TimeSpan now, TimeSpan reserved)
    {
        WaitingSince = null;
        LastTurn = now;
        HadTurn = true;
        Reserved = reserved;
    }

    /// <summary>Ends the turn and gives what was reserved for it.</summary>
    public TimeSpan End()
    {
        var reserved = Reserved ?? TimeSpan.Zero;
        Reserved = null;
        return reserved;
    }
}
