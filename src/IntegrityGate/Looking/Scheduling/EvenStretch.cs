namespace IntegrityGate.Looking.Scheduling;

/// <summary>
/// The rule of overload: all intervals stretch by the same factor, none beyond a limit, until what the streams ask for fits into
/// the budget. When even all of them at the limit do not fit, the factor is that of the limit and <see cref="Fits"/> is false.
/// </summary>
/// <param name="Factor">What intervals are multiplied with, at least 1.</param>
/// <param name="Fits">False when some stream will go unseen for longer than the limit.</param>
/// <param name="Asked">Cores that the unstretched intervals would take.</param>
internal readonly record struct EvenStretch(double Factor, bool Fits, double Asked)
{
    /// <summary>Nothing is stretched.</summary>
    public static EvenStretch None { get; } = new(1, true, 0);

    /// <summary>Finds the least factor that fits.</summary>
    /// <param name="demands">What the streams ask for; intervals above zero.</param>
    /// <param name="cores">The budget, CPU seconds a second.</param>
    /// <param name="limit">Longest interval.</param>
    public static EvenStretch Solve(IReadOnlyCollection<LookDemand> demands, double cores, TimeSpan limit)
    {
        var asked = CoresAt(demands, 1, limit);
        if (asked <= cores)
            return new EvenStretch(1, true, asked);
        var high = 1.0;
        foreach (var demand in demands)
            high = Math.Max(high, limit / demand.Interval);
        if (CoresAt(demands, high, limit) > cores)
            return new EvenStretch(high, false, asked);
        var low = 1.0;
        // 40 halvings take the widest range (a day over a millisecond) to less than a thousandth.
        for (var i = 0; i < 40 && high - low > 0.001; i++)
        {
            var middle = (low + high) / 2;
            if (CoresAt(demands, middle, limit) > cores)
                low = middle;
            else
                high = middle;
        }

        return new EvenStretch(high, true, asked);
    }

    /// <summary>An interval under this stretch.</summary>
    /// <param name="interval">What the risk calls for.</param>
    /// <param name="limit">The longest.</param>
    public TimeSpan Apply(TimeSpan interval, TimeSpan limit)
    {
        var stretched = interval * Factor;
        return stretched < limit ? stretched : limit;
    }

    private static double CoresAt(IReadOnlyCollection<LookDemand> demands, double factor, TimeSpan limit)
    {
        var stretch = new EvenStretch(factor, true, 0);
        var cores = 0.0;
        foreach (var demand in demands)
            cores += demand.Cost / stretch.Apply(demand.Interval, limit);
        return cores;
    }
}
