using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>The cascade beside all views, on the same frames in the same run, for items of one exposure at one rate.</summary>
/// <param name="Exposure">What training saw of the sources.</param>
/// <param name="Rate">The rate.</param>
/// <param name="Synthetic">Synthetic items at or above the review level, by all views.</param>
/// <param name="SyntheticCascade">The same by the cascade.</param>
/// <param name="Real">Real items at or above the review level, by all views.</param>
/// <param name="RealCascade">The same by the cascade.</param>
/// <param name="SyntheticViews">Views run a frame of synthetic items by the cascade.</param>
/// <param name="RealViews">The same of real items.</param>
/// <param name="Streams">Streams of clips with a verdict, by all views and by the cascade: synthetic ones, then real ones.</param>
internal sealed record CascadeFigures(
    Exposure Exposure,
    StreamRate Rate,
    Share Synthetic,
    Share SyntheticCascade,
    Share Real,
    Share RealCascade,
    double SyntheticViews,
    double RealViews,
    (Share Synthetic, Share SyntheticCascade, Share Real, Share RealCascade) Streams)
{
    /// <summary>The most that a cascade may lose: 1 point of recall at the review level.</summary>
    public const double MostLost = 0.01;

    /// <summary>Recall at the review level that the cascade loses, 0 to 1; below 0 when it gains. Null without synthetic items.</summary>
    public double? Lost => Synthetic.Value - SyntheticCascade.Value;

    /// <summary>True when no more is lost than may be.</summary>
    public bool Holds => Synthetic.Hits - SyntheticCascade.Hits <= MostLost * Synthetic.Trials;

    /// <summary>Makes the figures; null when nothing was scored by the cascade.</summary>
    /// <param name="exposure">Exposure.</param>
    /// <param name="rate">Rate.</param>
    /// <param name="measurements">What was measured.</param>
    /// <param name="review">The review level.</param>
    public static CascadeFigures? Of(Exposure exposure, StreamRate rate, Measurements measurements, double review)
    {
        var own = measurements.Scores.Where(s => s.Item.Exposure == exposure && s.Rate == rate && s.Cascade is not null).ToList();
        if (own.Count == 0)
            return null;
        var streams = measurements.Streams.Where(s => s.First.Exposure == exposure && s.Rate == rate && s.Cascade is not null).ToList();
        Share Above(bool synthetic, bool cascade) => Count(own.Where(s => s.Item.IsSynthetic == synthetic), s => (cascade ? s.Cascade!.Score : s.Score) >= review);
        Share Told(bool synthetic, bool cascade) => Count(streams.Where(s => s.First.IsSynthetic == synthetic), s => (cascade ? s.Cascade! : s).ToVerdict is not null);
        double Views(bool synthetic) => own.Where(s => s.Item.IsSynthetic == synthetic).Select(s => s.Cascade!.Views).DefaultIfEmpty().Average();
        return new CascadeFigures(
            exposure, rate, Above(true, false), Above(true, true), Above(false, false), Above(false, true), Views(true), Views(false),
            (Told(true, false), Told(true, true), Told(false, false), Told(false, true)));
    }

    private static Share Count<T>(IEnumerable<T> items, Func<T, bool> hits)
    {
        var all = items.ToList();
        return new Share(all.Count(hits), all.Count);
    }
}
