namespace IntegrityGate.Looking.Scheduling;

/// <summary>The scheduler's limits.</summary>
internal sealed record ScheduleOptions
{
    /// <summary>CPU seconds a second for all looks; null for no limit.</summary>
    public double? Cores { get; init; }

    /// <summary>30 s: nobody goes unseen for longer while the budget allows it.</summary>
    public TimeSpan MaxUnseen { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>1 s of the budget may be spent at once: several streams that start together are looked at together.</summary>
    public TimeSpan BurstTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>0.64 of <see cref="MaxUnseen"/> is the longest planned interval: with the usual jitter a look then falls due after 0.8 of it at most, and the rest is for the wait for a frame and for a turn.</summary>
    public double LimitShare { get; init; } = 0.64;

    /// <summary>0.8 of <see cref="MaxUnseen"/>: streams unseen for longer go before all others.</summary>
    public double GuardShare { get; init; } = 0.8;

    /// <summary>0.95 of the budget is planned with: the rest is for new streams and for costs that move.</summary>
    public double PlannedShare { get; init; } = 0.95;

    /// <summary>100 ms: the interval that a stream's first look is weighed with, so that it goes before almost everything.</summary>
    public TimeSpan FirstInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>500 ms between two plans: costs and streams change by the second.</summary>
    public TimeSpan PlanEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest planned interval.</summary>
    public TimeSpan Limit => MaxUnseen * LimitShare;

    /// <summary>Time unseen from which a stream goes before all others.</summary>
    public TimeSpan Guard => MaxUnseen * GuardShare;

    /// <summary>
    /// Looks under way at a time: two a core of the budget, one being decoded while another is scored, and not under two. More
    /// would only wait inside, where a newer sample can no longer take their place.
    /// </summary>
    public int MaxUnderWay => Cores is { } cores ? Math.Max(2, 2 * (int)Math.Ceiling(cores)) : int.MaxValue;
}
