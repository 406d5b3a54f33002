using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;
using IntegrityGate.Evaluating.Trials;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>Makes figures of streams. Pure.</summary>
internal static class StreamFigureMaker
{
    /// <summary>Figures of the streams of one exposure at one rate; null without streams.</summary>
    /// <param name="exposure">Exposure.</param>
    /// <param name="rate">Rate.</param>
    /// <param name="streams">All streams.</param>
    /// <param name="rule">The judge's rule: what is too short for it.</param>
    public static StreamFigures? Of(Exposure exposure, StreamRate rate, IEnumerable<StreamTrial> streams, SequentialOptions rule)
    {
        var own = streams.Where(s => s.First.Exposure == exposure && s.Rate == rate).ToList();
        if (own.Count == 0)
            return null;
        var real = own.Where(s => !s.First.IsSynthetic).ToList();
        var synthetic = own.Where(s => s.First.IsSynthetic).ToList();
        var times = synthetic.Select(s => s.ToVerdict).ToList();
        var hours = real.Sum(s => s.Duration.TotalHours);
        var labels = real.Sum(s => s.Stamps);
        return new StreamFigures(
            exposure,
            rate,
            new Share(real.Count(s => s.ToVerdict is not null), real.Count),
            real.Select(s => s.First.Source).Distinct(StringComparer.Ordinal).Count(),
            hours,
            labels,
            hours > 0 ? PoissonBound.Upper95(labels) / hours : null,
            new Share(synthetic.Count(s => s.ToVerdict is not null), synthetic.Count),
            new Share(synthetic.Count(s => s.ToStamp is not null), synthetic.Count),
            Quantile.OfTimes(times, 0.5),
            Quantile.OfTimes(times, 0.95),
            own.Count(s => s.Duration < rule.MinSpread || s.Looks < rule.MinSamples));
    }
}
