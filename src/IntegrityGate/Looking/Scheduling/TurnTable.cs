namespace IntegrityGate.Looking.Scheduling;

/// <summary>
/// Whose turn it is to be looked at: the pure half of the scheduler. It knows no clock but the times it is handed, so it runs in
/// virtual time as well. Not safe for several threads.
/// </summary>
/// <remarks>
/// The most valuable sample is that of the stream that has waited longest by the measure of its own planned interval. So a stream
/// that is to be seen twice as often comes up twice as often, equal risk gives equal rates whatever a look costs, and nobody
/// starves: who waits long enough comes before everybody. Streams that near the floor come first of all, the longest unseen first. At
/// most one sample a stream waits, in the stream's own mailbox, where a newer one takes its place.
/// </remarks>
internal sealed class TurnTable
{
    private readonly ScheduleOptions _options;
    private readonly LookBudget? _budget;
    private readonly List<LookSeat> _seats = [];
    private readonly LookCost _overall = new();
    private TimeSpan _plannedAt = TimeSpan.MinValue;

    /// <param name="options">Limits.</param>
    /// <param name="now">Now.</param>
    public TurnTable(ScheduleOptions options, TimeSpan now)
    {
        _options = options;
        if (options.Cores is { } cores)
            _budget = new LookBudget(cores, options.BurstTime * cores, now);
    }

    /// <summary>The plan in force.</summary>
    public EvenStretch Stretch { get; private set; } = EvenStretch.None;

    /// <summary>Looks under way.</summary>
    public int UnderWay { get; private set; }

    /// <summary>Streams.</summary>
    public IReadOnlyList<LookSeat> Seats => _seats;

    /// <summary>Mean cost of a look over all streams.</summary>
    public LookCost Overall => _overall;

    /// <summary>A stream joins.</summary>
    public LookSeat Join(TimeSpan now, TimeSpan wanted)
    {
        var seat = new LookSeat(now, wanted);
        seat.Cost.BeginLike(_overall);
        _seats.Add(seat);
        return seat;
    }

    /// <summary>A stream leaves; a turn that it has is ended with <see cref="End"/> all the same.</summary>
    public void Leave(LookSeat seat) => _seats.Remove(seat);

    /// <summary>The time a stream's looks are apart under the present plan.</summary>
    public TimeSpan PlannedInterval(TimeSpan wanted) => Stretch.Apply(wanted, _options.Limit);

    /// <summary>Begins the next turn, if one may begin now.</summary>
    public LookSeat? TryBegin(TimeSpan now)
    {
        if (UnderWay >= _options.MaxUnderWay || Choose(now) is not { } seat)
            return null;
        var expected = seat.Cost.Expected;
        if (_budget is not null)
        {
            _budget.Advance(now);
            if (!_budget.TryReserve(expected))
                return null;
        }

        seat.Begin(now, expected);
        UnderWay++;
        return seat;
    }

    /// <summary>Ends a turn.</summary>
    /// <param name="seat">Whose.</param>
    /// <param name="spent">What it cost; null when there was nothing to look at after all.</param>
    /// <param name="now">Now.</param>
    public void End(LookSeat seat, LookSpending? spent, TimeSpan now)
    {
        UnderWay--;
        var reserved = seat.End();
        _budget?.Advance(now);
        _budget?.Settle(reserved, spent?.Total ?? TimeSpan.Zero);
        if (spent is not { } cost)
            return;
        seat.Cost.Add(cost);
        _overall.Add(cost);
    }

    /// <summary>How long until a turn could begin if nothing else happens; null when no sample waits or the looks under way are too many.</summary>
    public TimeSpan? NextAfter(TimeSpan now)
    {
        if (UnderWay >= _options.MaxUnderWay || Choose(now) is not { } seat)
            return null;
        _budget?.Advance(now);
        return _budget?.WaitFor(seat.Cost.Expected) ?? TimeSpan.Zero;
    }

    /// <summary>Plans anew when the plan is old.</summary>
    /// <returns>True when it did.</returns>
    public bool Plan(TimeSpan now)
    {
        if (_budget is null || (_plannedAt != TimeSpan.MinValue && now - _plannedAt < _options.PlanEvery))
            return false;
        _plannedAt = now;
        var demands = new List<LookDemand>(_seats.Count);
        foreach (var seat in _seats)
        {
            // A stream that is bypassed, cannot be inspected or has stalled gives no samples and asks for nothing.
            if (seat.LastOffer is { } offer && now - offer <= 2 * _options.MaxUnseen)
                demands.Add(new LookDemand(seat.Cost.Expected, seat.Wanted));
        }

        Stretch = EvenStretch.Solve(demands, _budget.Cores * _options.PlannedShare, _options.Limit);
        return true;
    }

    private LookSeat? Choose(TimeSpan now)
    {
        LookSeat? best = null;
        var bestRank = double.MinValue;
        foreach (var seat in _seats)
        {
            if (seat.WaitingSince is null || Rank(seat, now) is var rank && rank <= bestRank)
                continue;
            best = seat;
            bestRank = rank;
        }

        return best;
    }

    // Past the guard: above everything that is not (a share of time waited is far below this), and by the time unseen.
    private double Rank(LookSeat seat, TimeSpan now)
    {
        const double PastGuard = 1e9;
        var unseen = now - seat.LastTurn;
        return unseen >= _options.Guard ? PastGuard + unseen.TotalSeconds : unseen / PlannedInterval(seat.HadTurn ? seat.Wanted : _options.FirstInterval);
    }
}
