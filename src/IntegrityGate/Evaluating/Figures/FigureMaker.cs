using IntegrityGate.Core.Evidence;
using IntegrityGate.Detection.Models;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;
using IntegrityGate.Evaluating.Trials;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>Makes figures of scores. Pure: the same scores and seed give the same figures.</summary>
/// <param name="levels">The model's levels.</param>
/// <param name="calibration">The model's calibration.</param>
/// <param name="seed">Seed of the bootstrap.</param>
internal sealed class FigureMaker(DetectorLevels levels, Calibration calibration, int seed)
{
    /// <summary>Real items without which a true-positive rate at 1 % false positives is not told: 100, one of which makes that percent.</summary>
    public const int LeastFor1Percent = 100;

    /// <summary>Unseen real items without which a true-positive rate at 0.1 % false positives is not told: 3,000, three of which make it.</summary>
    public const int LeastFor01Percent = 3000;

    private static readonly double[] s_quantiles = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Figures of a group.</summary>
    /// <param name="exposure">Its exposure.</param>
    /// <param name="rate">Its rate.</param>
    /// <param name="scores">Its items at that rate, those without a score too.</param>
    public GroupFigures Group(Exposure exposure, StreamRate rate, IReadOnlyList<ItemScore> scores)
    {
        var sample = new Sample(scores);
        var alike = sample.SourcesAlike();
        var equal = sample.Ranked.EqualWeights();
        var real = sample.RealCount;
        return new GroupFigures
        {
            Exposure = exposure,
            Rate = rate,
            Synthetic = Count(scores, synthetic: true),
            Real = Count(scores, synthetic: false),
            Auc = sample.Estimate(equal, seed, w => sample.Ranked.Auc(w)),
            AucSourcesAlike = sample.Estimate(alike, seed, w => sample.Ranked.Auc(w)),
            TruePositivesAt1Percent = real < LeastFor1Percent
                ? Estimate.None($"needs {LeastFor1Percent} real items, has {real}")
                : sample.Estimate(equal, seed, w => sample.Ranked.TruePositivesAt(w, 0.01)) is var at1 && at1.Why is null
                    ? at1 with { Why = $"rests on the {real / 100} highest of {real} real items" }
                    : at1,
            TruePositivesAt01Percent = exposure != Exposure.Unseen
                ? Estimate.None("only unseen items can support it")
                : real < LeastFor01Percent
                    ? Estimate.None($"needs {LeastFor01Percent} unseen real items, has {real}")
                    : sample.Estimate(equal, seed, w => sample.Ranked.TruePositivesAt(w, 0.001)),
            RealAboveReview = ShareAbove(scores, synthetic: false, levels.Review),
            SyntheticAboveReview = ShareAbove(scores, synthetic: true, levels.Review),
            RealAboveStamp = ShareAbove(scores, synthetic: false, levels.Stamp),
            SyntheticAboveStamp = ShareAbove(scores, synthetic: true, levels.Stamp),
            Roc = sample.Ranked.Curve(equal),
            Calibration = sample.HasBothClasses
                ? CalibrationCurve.Of([.. sample.Scored.Select(s => calibration.Probability(s.Score))], sample.Positive, alike)
                : new CalibrationCurve([], null),
            SyntheticScores = Quantiles(sample.Scored.Where(s => s.Item.IsSynthetic)),
            RealScores = Quantiles(sample.Scored.Where(s => !s.Item.IsSynthetic)),
        };
    }

    /// <summary>Figures of each source of a group, the highest mean first within its class.</summary>
    /// <param name="exposure">Its exposure.</param>
    /// <param name="rate">Its rate.</param>
    /// <param name="scores">Its items at that rate.</param>
    public IEnumerable<SourceFigures> Sources(Exposure exposure, StreamRate rate, IReadOnlyList<ItemScore> scores) => scores
        .GroupBy(s => (s.Item.IsSynthetic, s.Item.Source))
        .Select(g => Source(exposure, rate, g.Key.Source, g.Key.IsSynthetic, [.. g], scores))
        .OfType<SourceFigures>()
        .OrderByDescending(s => s.IsSynthetic).ThenByDescending(s => s.Mean).ThenBy(s => s.Source, StringComparer.Ordinal);

    private SourceFigures? Source(Exposure exposure, StreamRate rate, string name, bool synthetic, List<ItemScore> own, IReadOnlyList<ItemScore> all)
    {
        var scored = own.Where(s => s.Outcome == LookOutcome.Scored).Select(s => s.Score).ToList();
        if (scored.Count == 0)
            return null;
        var mean = scored.Average();
        // The items of this source are drawn one by one, the other class by its sources.
        var sample = new Sample([.. own, .. all.Where(s => s.Item.IsSynthetic != synthetic)], s => s.Item.IsSynthetic == synthetic ? s.Item.Path : s.Item.Source);
        return new SourceFigures(
            exposure,
            name,
            synthetic,
            rate,
            scored.Count,
            own.Count(s => s.Outcome == LookOutcome.OutOfScope),
            mean,
            scored.Count < 2 ? 0 : Math.Sqrt(scored.Sum(s => (s - mean) * (s - mean)) / (scored.Count - 1)),
            new Share(scored.Count(s => s >= levels.Review), scored.Count),
            new Share(scored.Count(s => s >= levels.Stamp), scored.Count),
            sample.Estimate(sample.Ranked.EqualWeights(), seed, w => sample.Ranked.Auc(w)));
    }

    private ShareFigure ShareAbove(IReadOnlyList<ItemScore> scores, bool synthetic, double level)
    {
        var sample = new Sample([.. scores.Where(s => s.Item.IsSynthetic == synthetic)]);
        return new ShareFigure(
            new Share(sample.Scored.Count(s => s.Score >= level), sample.Scored.Count),
            sample.Bootstrap.Of(sample.Ranked.EqualWeights(), seed, w => sample.Ranked.ShareAbove(w, synthetic, level)));
    }

    private static ClassCount Count(IReadOnlyList<ItemScore> scores, bool synthetic)
    {
        var own = scores.Where(s => s.Item.IsSynthetic == synthetic).ToList();
        return new ClassCount(
            own.Count(s => s.Outcome == LookOutcome.Scored),
            own.Where(s => s.Outcome == LookOutcome.Scored).Select(s => s.Item.Source).Distinct(StringComparer.Ordinal).Count(),
            own.Count(s => s.Outcome == LookOutcome.OutOfScope),
            own.Count(s => s.Outcome == LookOutcome.TooSmall),
            own.Count(s => s.Outcome == LookOutcome.Failed));
    }

    private static double[] Quantiles(IEnumerable<ItemScore> scores)
    {
        var sorted = scores.Select(s => s.Score).Order().ToList();
        return sorted.Count == 0 ? [] : [.. s_quantiles.Select(q => Quantile.OfSorted(sorted, q))];
    }
}
