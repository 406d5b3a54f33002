namespace IntegrityGate.Looking.Scheduling;

/// <summary>How far the scheduler keeps up: only streams whose sample waits count, since without a sample there is nothing to look at.</summary>
/// <param name="Due">Samples that wait.</param>
/// <param name="Late">Of these, streams last seen over one and a half planned intervals ago.</param>
/// <param name="Unseen">Of these, streams last seen longer ago than the floor.</param>
internal readonly record struct ScheduleStanding(int Due, int Late, int Unseen)
{
    /// <summary>Counts.</summary>
    public static ScheduleStanding Of(TurnTable table, ScheduleOptions options, TimeSpan now)
    {
        var (due, late, unseen) = (0, 0, 0);
        foreach (var seat in table.Seats)
        {
            if (seat.WaitingSince is null)
                continue;
            due++;
            var since = now - seat.LastTurn;
            late += since > table.PlannedInterval(seat.Wanted) * 1.5 ? 1 : 0;
            unseen += since > options.MaxUnseen ? 1 : 0;
        }

        return new ScheduleStanding(due, late, unseen);
    }
}
