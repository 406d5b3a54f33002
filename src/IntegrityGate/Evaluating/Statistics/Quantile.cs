namespace IntegrityGate.Evaluating.Statistics;

/// <summary>Quantiles.</summary>
internal static class Quantile
{
    /// <summary>The quantile of values in ascending order, between neighbours in proportion (Hyndman and Fan, type 7).</summary>
    /// <param name="ascending">The values; at least one.</param>
    /// <param name="share">0 to 1.</param>
    public static double OfSorted(IReadOnlyList<double> ascending, double share)
    {
        var place = share * (ascending.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, ascending.Count - 1);
        return ascending[below] + ((place - below) * (ascending[above] - ascending[below]));
    }

    /// <summary>
    /// The least time within which a share of all trials succeeded (nearest rank). Trials that never did count as later than every
    /// other, so a detector cannot look fast by finding only what is easy.
    /// </summary>
    /// <param name="times">Time of each trial's success; null for none.</param>
    /// <param name="share">0 (not included) to 1.</param>
    /// <returns>The time; null when fewer succeeded.</returns>
    public static TimeSpan? OfTimes(IReadOnlyCollection<TimeSpan?> times, double share)
    {
        var successes = times.OfType<TimeSpan>().Order().ToList();
        var rank = (int)Math.Ceiling(share * times.Count);
        return rank >= 1 && rank <= successes.Count ? successes[rank - 1] : null;
    }
}
