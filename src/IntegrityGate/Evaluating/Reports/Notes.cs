using System.Globalization;
using IntegrityGate.Evaluating.Cards;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Trials;

namespace IntegrityGate.Evaluating.Reports;

/// <summary>What a reader must know beside the figures, in sentences; every report carries them.</summary>
internal static class Notes
{
    /// <summary>How to read the figures, and what this set cannot support.</summary>
    public static IEnumerable<string> Of(Evaluation evaluation)
    {
        yield return "Intervals are 95 %, over sources drawn with replacement (2,000 draws); shares take Wilson's where that is wider. An item is a picture, or a clip by the mean of its frames.";
        if (evaluation.Size.Duplicates > 0)
            yield return $"{evaluation.Size.Duplicates} items have the bytes of another one and were left out.";
        if (evaluation.Groups.Where(g => g.Exposure == Exposure.Unseen).MaxBy(g => g.Real.Items) is { } group)
            yield return $"TPR at 1 % FPR {group.TruePositivesAt1Percent.Why ?? "stands on enough items"}; at 0.1 %: {group.TruePositivesAt01Percent.Why ?? "see the table"}.";
        if (evaluation.Measurements.Scores.Where(s => s is { Outcome: LookOutcome.Scored, Note: not null }).DistinctBy(s => s.Item.Path).Count() is var small and > 0)
            yield return $"{small} items are smaller than the smallest size, {evaluation.Rates.Min(r => r.ShortSide)}p, and were published there at their own.";
        foreach (var empty in evaluation.Groups.Where(g => g.Synthetic.Items + g.Real.Items == 0))
            yield return $"{FigureText.Of(empty.Exposure)}, {empty.Rate}: no item has that size (nothing is enlarged) or could be scored.";
        foreach (var (exposure, real, synthetic) in evaluation.Groups.GroupBy(g => g.Exposure).Select(g => (g.Key, g.Max(c => c.Real.OutOfScope), g.Max(c => c.Synthetic.OutOfScope))))
        {
            if (real + synthetic > 0)
                yield return $"{FigureText.Of(exposure)}: {real} real and {synthetic} AI items are out of the model's scope (monochrome or too small) and in no figure.";
        }

        if (evaluation.Streams.Count == 0)
            yield return "No clips: nothing is said of streams.";
        if (evaluation.Streams.Where(s => s.Exposure == Exposure.Unseen).MaxBy(s => s.Real.Trials + s.Synthetic.Trials) is { } streams)
        {
            if (streams.Real.Trials == 0)
                yield return "There are no real clips of unseen sources: no share of real streams and no false labels per stream-hour are told.";
            if (streams.TooShort > 0)
                yield return $"{streams.TooShort} of {streams.Real.Trials + streams.Synthetic.Trials} streams of unseen sources are too short for the judge's rule to say anything.";
        }

        if (evaluation.Cascade.Count > 0)
        {
            var over = evaluation.Cascade.Where(f => !f.Holds).ToList();
            yield return "The cascade was asked as on a stream that is clean so far, and each picture scored by it and by all views. "
                + (over.Count == 0
                    ? $"It loses at most {FigureText.Percent(CascadeFigures.MostLost)} of recall at the review level everywhere."
                    : $"It LOSES MORE than {FigureText.Percent(CascadeFigures.MostLost)} of recall at the review level: {string.Join("; ", over.Select(f => $"{FigureText.Of(f.Exposure)}, {f.Rate}"))}.");
        }

        if (evaluation.Join > TimeSpan.Zero)
            yield return string.Create(CultureInfo.InvariantCulture, $"Clips of a source were joined to streams of at least {evaluation.Join.TotalSeconds:0.#} s; such streams change their scene more often than real ones.");
        foreach (var (item, why) in evaluation.Failures)
            yield return $"{item.Path}: could not be read: {why}";
    }

    /// <summary>Whether the run agrees with the card, and why it may not.</summary>
    public static IEnumerable<string> Of(CardComparison? card)
    {
        if (card is null)
        {
            yield return "The model's model.json has no figures to compare with (field measured).";
            yield break;
        }

        var leading = card.Rows.Where(r => r.IsLeading).ToList();
        yield return card.Agrees switch
        {
            true => $"AGREES with the model's card: all {leading.Count} areas under the ROC curve of its set {card.Set} lie in this run's intervals.",
            false => $"DISAGREES with the model's card: {leading.Count(r => !r.Agrees)} of {leading.Count} areas under the ROC curve of its set {card.Set} lie outside this run's intervals.",
            null => "This run has too few of the card's sources to be held against it as a whole.",
        };
        var others = card.Rows.Where(r => !r.IsLeading).ToList();
        if (others.Count > 0)
        {
            var outside = others.Where(r => !r.Agrees).ToList();
            yield return $"Of the card's other {others.Count} figures {others.Count - outside.Count} lie in this run's intervals (by chance alone about one in twenty does not)"
                + (outside.Count > 0 ? $"; outside are: {string.Join("; ", outside.Select(Describe))}." : ".");
        }

        foreach (var difference in card.Differences)
            yield return "Measured differently: " + difference + ".";
    }

    private static string Describe(CardRow row) => $"{row.What} ({row.Rate}) {FigureText.Of(row.Card)}, here {FigureText.Of(row.Run)}{FigureText.Of((Statistics.Interval?)row.Interval)}";
}
