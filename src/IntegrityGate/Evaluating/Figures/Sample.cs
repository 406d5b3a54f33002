using IntegrityGate.Evaluating.Statistics;
using IntegrityGate.Evaluating.Trials;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>The items of a group that have a score, ranked, with their sources.</summary>
internal sealed class Sample
{
    private readonly Func<ItemScore, string> _cluster;

    /// <summary>Takes the items that have a score.</summary>
    /// <param name="scores">Items.</param>
    /// <param name="cluster">What is drawn as a whole; the source unless given.</param>
    public Sample(IReadOnlyList<ItemScore> scores, Func<ItemScore, string>? cluster = null)
    {
        _cluster = cluster ?? (s => s.Item.Source);
        Scored = [.. scores.Where(s => s.Outcome == LookOutcome.Scored)];
        Positive = [.. Scored.Select(s => s.Item.IsSynthetic)];
        Ranked = new RankedScores([.. Scored.Select(s => s.Score)], Positive);
        Bootstrap = new ClusterBootstrap(Positive, [.. Scored.Select(_cluster)]);
        RealCount = Positive.Count(p => !p);
    }

    /// <summary>The items.</summary>
    public IReadOnlyList<ItemScore> Scored { get; }

    /// <summary>Which are synthetic.</summary>
    public IReadOnlyList<bool> Positive { get; }

    /// <summary>Their ranking.</summary>
    public RankedScores Ranked { get; }

    /// <summary>Draws from their sources.</summary>
    public ClusterBootstrap Bootstrap { get; }

    /// <summary>Real items.</summary>
    public int RealCount { get; }

    /// <summary>True when there are items of both classes.</summary>
    public bool HasBothClasses => RealCount > 0 && RealCount < Scored.Count;

    /// <summary>Weights that give both classes the same sum and each source of a class the same part of it.</summary>
    public double[] SourcesAlike()
    {
        var items = Scored.GroupBy(s => (s.Item.IsSynthetic, _cluster(s))).ToDictionary(g => g.Key, g => g.Count());
        var sources = items.Keys.GroupBy(k => k.IsSynthetic).ToDictionary(g => g.Key, g => g.Count());
        return [.. Scored.Select(s => 0.5 / sources[s.Item.IsSynthetic] / items[(s.Item.IsSynthetic, _cluster(s))])];
    }

    /// <summary>A statistic of both classes with its interval over sources.</summary>
    public Estimate Estimate(double[] weights, int seed, Func<double[], double> statistic)
    {
        if (!HasBothClasses)
            return Statistics.Estimate.None(Scored.Count == 0 ? "there are no items" : RealCount == 0 ? "there are no real items" : "there are no synthetic items");
        var interval = Bootstrap.Of(weights, seed, statistic);
        return new Estimate(statistic(weights), interval, interval is null ? "no interval: a class has a single source" : null);
    }
}
