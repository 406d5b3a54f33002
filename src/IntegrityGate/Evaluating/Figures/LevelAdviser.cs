using System.Globalization;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>
/// Finds levels for a budget from unseen items. An item stands for a stream: it is what one camera, collection or screen looks like
/// to the model, and time does not average that away. Pure.
/// </summary>
internal static class LevelAdviser
{
    /// <summary>Real sources under which a share of real streams cannot be told: 20, one of which makes the usual 5 %.</summary>
    public const int LeastSources = 20;

    /// <summary>Advises.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="measurements">What was measured.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static LevelAdvice Advise(LevelBudget budget, Measurements measurements, int seed)
    {
        var samples = measurements.Scores.Where(s => s.Item.Exposure == Exposure.Unseen).GroupBy(s => s.Rate).Select(g => new Sample([.. g])).Where(s => s.RealCount > 0).ToList();
        var support = Support(budget, measurements, samples).ToList();
        if (samples.Count == 0)
            return new LevelAdvice(budget, null, null, null, null, null, support);
        var reviews = samples.Select(s => Over(s.Ranked.NegativeLevel(s.SourcesAlike(), budget.Flagged))).ToList();
        var review = reviews.Max();
        var deciding = samples[reviews.IndexOf(review)];
        var real = new Sample([.. deciding.Scored.Where(s => !s.Item.IsSynthetic)]);
        var stamp = samples.Max(s => Over(s.Ranked.NegativeLevel(s.Ranked.EqualWeights(), 0)));
        return new LevelAdvice(
            budget,
            review,
            real.Bootstrap.Of(real.SourcesAlike(), seed, w => Over(real.Ranked.NegativeLevel(w, budget.Flagged))),
            stamp,
            LeastAbove(samples, review),
            LeastAbove(samples, stamp),
            support);
    }

    private static double? LeastAbove(List<Sample> samples, double level)
    {
        var both = samples.Where(s => s.HasBothClasses).ToList();
        return both.Count == 0 ? null : both.Min(s => s.Ranked.ShareAbove(s.Ranked.EqualWeights(), true, level));
    }

    // Levels have two digits: the next one over the score that must stay under it.
    private static double Over(double score) => double.IsNaN(score) ? double.NegativeInfinity : (Math.Floor((score * 100) + 1e-9) + 1) / 100;

    private static IEnumerable<string> Support(LevelBudget budget, Measurements measurements, List<Sample> samples)
    {
        if (samples.Count == 0)
        {
            yield return "The set has no unseen real items: it supports no level.";
            yield break;
        }

        var real = samples.SelectMany(s => s.Scored).Where(s => !s.Item.IsSynthetic).DistinctBy(s => s.Item.Path).ToList();
        var sources = real.Select(s => s.Item.Source).Distinct(StringComparer.Ordinal).Count();
        yield return $"Review: {Text(budget.Flagged * 100)} % of real streams, judged by {real.Count} unseen real items of {sources} sources in place of streams. "
            + (sources < LeastSources ? $"With under {LeastSources} sources the share of real streams is a guess: one source more or less moves the level." : "");

        var streams = measurements.Streams.Where(s => s.First is { IsSynthetic: false, Exposure: Exposure.Unseen }).DistinctBy(s => s.First.Path).ToList();
        var needed = budget.Flagged > 0 ? Math.Ceiling(PoissonBound.Upper95(0) / budget.Flagged) : double.PositiveInfinity;
        yield return $"A share of at most {Text(budget.Flagged * 100)} % is shown by {Text(needed)} real streams of different publishers, none of them flagged; the set has {streams.Count}.";

        var hours = streams.Sum(s => s.Duration.TotalHours);
        var least = budget.LabelsPerThousandHours > 0 ? PoissonBound.Upper95(0) * 1000 / budget.LabelsPerThousandHours : double.PositiveInfinity;
        yield return $"Stamp: above every unseen real item. {Text(budget.LabelsPerThousandHours)} false labels in 1,000 stream-hours are shown by {Text(Math.Ceiling(least))} hours without one; the set has {Text(hours)} hours"
            + (hours < least ? ": it cannot support that budget, the level is only the highest that was seen." : ".");
    }

    private static string Text(double number) => double.IsFinite(number) ? number.ToString("0.###", CultureInfo.InvariantCulture) : "no number of";
}
