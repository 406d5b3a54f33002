using IntegrityGate.Core.Evidence;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;
using IntegrityGate.Evaluating.Trials;

namespace IntegrityGate.Evaluating.Cards;

/// <summary>
/// Holds a run against the card: the areas under the ROC curve of unseen sources lead, the other figures stand beside them. A figure
/// agrees when the card's lies in the run's interval; of figures that truly agree one in twenty does not. Pure.
/// </summary>
internal static class CardComparer
{
    private const string OverRates = "mean over the card's rates";

    // A source's mean of fewer items says nothing.
    private const int LeastItems = 3;

    /// <summary>Share of the card's sources of either class that a run must have to be held against its areas: half. Fewer are another set.</summary>
    private const double LeastCoverage = 0.5;

    /// <summary>Compares.</summary>
    /// <param name="card">The card.</param>
    /// <param name="groups">The run's groups.</param>
    /// <param name="scores">The run's scores.</param>
    /// <param name="levels">The model's levels.</param>
    /// <param name="variant">The weights that ran.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static CardComparison Compare(
        CardFigures card, IReadOnlyList<GroupFigures> groups, IReadOnlyList<ItemScore> scores, DetectorLevels levels, string variant, int seed)
    {
        var rates = card.Groups.Select(g => g.Rate).ToHashSet(StringComparer.Ordinal);
        var unseen = scores.Where(s => s.Item.Exposure == Exposure.Unseen && s.Outcome == LookOutcome.Scored && rates.Contains(s.Rate.ToString())).ToList();
        var names = unseen.Select(s => (s.Item.IsSynthetic, s.Item.Source)).ToHashSet();
        var best = card.Sources.GroupBy(s => s.Set).OrderByDescending(g => g.Count(s => IsIn(names, s))).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault();
        if (best is null || !best.Any(s => IsIn(names, s)))
            return new CardComparison("", [], ["no unseen source of this run, at a rate of the card, stands on the card: other material, which need not agree"]);

        var means = unseen.GroupBy(s => s.Item).Select(g => g.First() with { Score = g.Average(s => s.Score) }).ToList();
        List<CardRow> rows =
        [
            .. card.Groups.Where(g => g.Set == best.Key && g.Exposure == "unseen").SelectMany(g => OfGroup(g, Find(groups, Exposure.Unseen, g.Rate), isLeading: IsCovered([.. best], names))),
            .. card.Groups.Where(g => g.Exposure == "sameSource").SelectMany(g => OfGroup(g, Find(groups, Exposure.SameSource, g.Rate), isLeading: false)),
            .. card.Levels.Where(l => l.Set == best.Key).SelectMany(l => OfLevels(l, means, levels, seed)),
            .. best.SelectMany(s => OfSource(s, means)),
        ];
        return new CardComparison(best.Key, rows, [.. Differences(best.Key, [.. best], card, names, means, variant)]);
    }

    private static bool IsCovered(List<CardSource> sources, HashSet<(bool IsSynthetic, string Source)> names) =>
        sources.GroupBy(s => s.Class).All(g => g.Count(s => IsIn(names, s)) >= LeastCoverage * g.Count());

    private static GroupFigures? Find(IEnumerable<GroupFigures> groups, Exposure exposure, string rate) =>
        groups.FirstOrDefault(g => g.Exposure == exposure && g.Rate.ToString() == rate);

    private static IEnumerable<CardRow> OfGroup(CardGroup card, GroupFigures? run, bool isLeading)
    {
        if (run is null)
            yield break;
        var set = card.Exposure == "unseen" ? "unseen sources" : "seen sources, other items";
        if (Row($"AUC, {set}", card.Rate, card.Auc, run.Auc, isLeading) is { } auc)
            yield return auc;
        if (Row($"AUC, {set}, weighted alike", card.Rate, card.AucSourcesAlike, run.AucSourcesAlike, isLeading) is { } alike)
            yield return alike;
        if (Row($"TPR at 1 % FPR, {set}", card.Rate, card.TruePositivesAt1Percent, run.TruePositivesAt1Percent, isLeading: false) is { } at1)
            yield return at1;
    }

    private static CardRow? Row(string what, string rate, double card, Estimate run, bool isLeading) =>
        run is { Value: { } value, Interval: { } interval } ? new CardRow(what, rate, card, value, interval, isLeading) : null;

    private static IEnumerable<CardRow> OfLevels(CardLevels card, List<ItemScore> means, DetectorLevels levels, int seed)
    {
        foreach (var (what, synthetic, level, value) in ((string, bool, double, double)[])
                 [
                     ("real items above review", false, levels.Review, card.RealAboveReview),
                     ("AI items above review", true, levels.Review, card.SyntheticAboveReview),
                     ("real items above stamp", false, levels.Stamp, card.RealAboveStamp),
                     ("AI items above stamp", true, levels.Stamp, card.SyntheticAboveStamp),
                 ])
        {
            var sample = new Sample([.. means.Where(s => s.Item.IsSynthetic == synthetic)]);
            if (sample.Bootstrap.Of(sample.Ranked.EqualWeights(), seed, w => sample.Ranked.ShareAbove(w, synthetic, level)) is not { } drawn)
                continue;
            // Where no item is above, drawing sources again cannot put one there: Wilson's interval of the items is the wider one then.
            var share = new Share(sample.Scored.Count(s => s.Score >= level), sample.Scored.Count);
            var wilson = share.Wilson!.Value;
            yield return new CardRow(what, OverRates, value, share.Value!.Value, new Interval(Math.Min(drawn.Low, wilson.Low), Math.Max(drawn.High, wilson.High)), false);
        }
    }

    private static IEnumerable<CardRow> OfSource(CardSource card, List<ItemScore> means)
    {
        var own = means.Where(s => IsSame(s.Item.IsSynthetic, s.Item.Source, card)).Select(s => s.Score).ToList();
        if (own.Count < LeastItems || card.Frames < LeastItems)
            yield break;
        var mean = own.Average();
        var deviation = Math.Sqrt(own.Sum(s => (s - mean) * (s - mean)) / (own.Count - 1));
        // Both means are of a sample; the card's spread is taken to be the run's.
        var half = 1.96 * deviation * Math.Sqrt((1.0 / own.Count) + (1.0 / card.Frames));
        yield return new CardRow($"mean score of {card.Source}", OverRates, card.Mean, mean, new Interval(mean - half, mean + half), false);
    }

    private static IEnumerable<string> Differences(
        string set, List<CardSource> sources, CardFigures card, HashSet<(bool IsSynthetic, string Source)> names, List<ItemScore> means, string variant)
    {
        yield return $"this run scored with the {variant} weights through the program's own encoder, decoder and resizer; the card was measured by its maker's";
        var missing = sources.Where(s => !IsIn(names, s)).Select(s => s.Source).ToList();
        if (missing.Count > 0)
            yield return $"the card's set {set} has {missing.Count} sources that this run lacks: {string.Join(", ", missing)}";
        var extra = names.Where(n => !sources.Exists(s => IsSame(n.IsSynthetic, n.Source, s))).Select(n => n.Source).Order(StringComparer.Ordinal).ToList();
        if (extra.Count > 0)
            yield return $"this run has {extra.Count} unseen sources that the card's set {set} lacks: {string.Join(", ", extra)}";
        var frames = card.Groups.Where(g => g.Set == set).Select(g => g.Items).DefaultIfEmpty().Max();
        yield return $"the card counts up to {frames} frames, several of a clip; this run counts {means.Count} items, a clip as one by its mean";
    }

    private static bool IsIn(HashSet<(bool IsSynthetic, string Source)> names, CardSource card) =>
        names.Contains((card.Class == "ai", card.Source)) || (card.Alias is { } alias && names.Contains((card.Class == "ai", alias)));

    private static bool IsSame(bool isSynthetic, string source, CardSource card) =>
        isSynthetic == (card.Class == "ai") && (source == card.Source || source == card.Alias);
}
