namespace IntegrityGate.Evaluating.Statistics;

/// <summary>
/// Intervals over sources: items of one source are alike, so whole sources are drawn with replacement, each class by itself, and the
/// statistic is taken again with the weights that result (percentile bootstrap; Davison and Hinkley, 1997, 3.8). With under some ten
/// sources a class it is somewhat too narrow.
/// </summary>
internal sealed class ClusterBootstrap
{
    /// <summary>Draws: 2,000. The ends of a 95 % interval then waver by a few percent of its width.</summary>
    public const int Draws = 2000;

    private readonly int[][][] _strata;

    /// <summary>Groups items.</summary>
    /// <param name="strata">The class of each item: sources are drawn within it.</param>
    /// <param name="clusters">The source of each item.</param>
    public ClusterBootstrap(IReadOnlyList<bool> strata, IReadOnlyList<string> clusters)
    {
        _strata = [.. Enumerable.Range(0, strata.Count)
            .GroupBy(i => strata[i]).OrderBy(g => g.Key)
            .Select(stratum => stratum.GroupBy(i => clusters[i], StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray())];
    }

    /// <summary>The 95 % interval of a statistic; null when a class has a single source, from which nothing can be drawn.</summary>
    /// <param name="weights">Weight of each item.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <param name="statistic">The statistic of a weighted sample; draws in which it is NaN do not count.</param>
    public Interval? Of(IReadOnlyList<double> weights, int seed, Func<double[], double> statistic)
    {
        if (_strata.Length == 0 || _strata.Any(clusters => clusters.Length < 2))
            return null;
        var random = new Random(seed);
        var drawn = new double[weights.Count];
        var values = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            Array.Clear(drawn);
            foreach (var clusters in _strata)
            {
                for (var i = 0; i < clusters.Length; i++)
                {
                    foreach (var item in clusters[random.Next(clusters.Length)])
                        drawn[item] += weights[item];
                }
            }

            if (statistic(drawn) is var value && double.IsFinite(value))
                values.Add(value);
        }

        if (values.Count == 0)
            return null;
        values.Sort();
        return new Interval(Quantile.OfSorted(values, 0.025), Quantile.OfSorted(values, 0.975));
    }
}
