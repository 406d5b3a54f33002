using System.Globalization;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using Spectre.Console;

namespace IntegrityGate.Evaluating.Reports;

/// <summary>An evaluation as tables in a terminal.</summary>
internal static class ConsoleReport
{
    private static readonly string[] s_cascade = ["sources", "rate", .. FigureText.CascadeColumns];

    /// <summary>Prints it.</summary>
    public static void Print(Evaluation evaluation, IAnsiConsole console)
    {
        console.WriteLine($"{evaluation.Model.Name} {evaluation.Model.Version} ({evaluation.Variant}, {evaluation.Model.Sha256[..12]}) over {evaluation.Size.Items} items of {string.Join(", ", evaluation.Sets)}");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"review level {evaluation.Levels.Review:0.00}, stamp level {evaluation.Levels.Stamp:0.00}, seed {evaluation.Seed}"));
        Write(console, "Telling apart", ["sources", "rate", "AI items", "real items", "AUC", "AUC, sources alike", "TPR at 1 % FPR", "TPR at 0.1 %"], evaluation.Groups.Where(HasItems).Select(g => (string[])
        [
            FigureText.Of(g.Exposure), g.Rate.ToString(), FigureText.Of(g.Synthetic), FigureText.Of(g.Real),
            FigureText.Of(g.Auc), FigureText.Of(g.AucSourcesAlike), FigureText.Of(g.TruePositivesAt1Percent), FigureText.Of(g.TruePositivesAt01Percent),
        ]));
        Write(console, "Items at or above the shipped levels, %, and calibration", ["sources", "rate", "real, review", "AI, review", "real, stamp", "AI, stamp", "calibration error"], evaluation.Groups.Where(HasItems).Select(g => (string[])
        [
            FigureText.Of(g.Exposure), g.Rate.ToString(), FigureText.Of(g.RealAboveReview), FigureText.Of(g.SyntheticAboveReview),
            FigureText.Of(g.RealAboveStamp), FigureText.Of(g.SyntheticAboveStamp), g.Calibration.ExpectedError is { } error ? FigureText.Of(error) : "-",
        ]));
        Write(console, "Streams, from clips", ["sources", "rate", "real streams flagged", "false labels", "AI streams with a verdict", "AI streams stamped", "time to verdict p50", "p95"], evaluation.Streams.Select(s => (string[])
        [
            FigureText.Of(s.Exposure), s.Rate.ToString(), FigureText.Of(s.Real), FigureText.FalseLabels(s), FigureText.Of(s.Synthetic), FigureText.Of(s.Stamped),
            FigureText.Of(s.ToVerdict50), FigureText.Of(s.ToVerdict95),
        ]));
        Write(console, "The cascade beside all views, at the review level", s_cascade, evaluation.Cascade.Select(FigureText.Row));
        foreach (var exposure in evaluation.Sources.Select(s => s.Exposure).Distinct())
            PrintSources(evaluation, exposure, console);
        foreach (var note in Notes.Of(evaluation).Concat(Notes.Of(evaluation.Card)))
            console.WriteLine(note);
        if (evaluation.Advice is { } advice)
            Print(advice, console);
    }

    // At the rate with the most items; every rate stands in the files.
    private static void PrintSources(Evaluation evaluation, Exposure exposure, IAnsiConsole console)
    {
        var rate = evaluation.Groups.Where(g => g.Exposure == exposure).MaxBy(g => g.Real.Items + g.Synthetic.Items)!.Rate;
        Write(console, $"By source: {FigureText.Of(exposure)}, {rate}", ["class", "source", "items", "mean score", "above review", "above stamp", "AUC against the other class"], evaluation.Sources
            .Where(s => s.Exposure == exposure && s.Rate == rate)
            .Select(s => (string[])
            [
                s.IsSynthetic ? "AI" : "real", s.Source, s.Items.ToString(CultureInfo.InvariantCulture), FigureText.Of(s.Mean),
                FigureText.Of(s.AboveReview), FigureText.Of(s.AboveStamp), FigureText.Of(s.Auc),
            ]));
    }

    private static void Print(LevelAdvice advice, IAnsiConsole console)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Levels for a budget of {advice.Budget.Flagged * 100:0.###} % of real streams ever flagged and {advice.Budget.LabelsPerThousandHours:0.###} false labels in 1,000 stream-hours:"));
        if (advice is { Review: { } review, Stamp: { } stamp })
        {
            console.WriteLine($"  review {FigureText.Of(review)}{FigureText.Of(advice.ReviewInterval)}{Above(advice.SyntheticAboveReview)}");
            console.WriteLine($"  stamp  {FigureText.Of(stamp)}{Above(advice.SyntheticAboveStamp)}");
        }

        foreach (var line in advice.Support)
            console.WriteLine("  " + line);
    }

    private static string Above(double? share) => share is { } value ? $", with {FigureText.Percent(value)} of unseen AI items above it at the worst rate" : "";

    private static bool HasItems(GroupFigures group) => group.Synthetic.Items + group.Real.Items > 0;

    private static void Write(IAnsiConsole console, string title, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(title)) }.SimpleBorder();
        foreach (var column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        if (table.Rows.Count > 0)
            console.Write(table);
    }
}
