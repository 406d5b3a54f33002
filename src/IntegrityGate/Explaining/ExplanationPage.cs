using System.Globalization;
using System.Text;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Drawing;

namespace IntegrityGate.Explaining;

/// <summary>A moment as one page that needs nothing but itself.</summary>
internal static class ExplanationPage
{
    /// <summary>The page.</summary>
    public static string Of(Moment moment)
    {
        var score = moment.Score;
        var page = new HtmlPage($"{Path.GetFileName(moment.Input)} at {score.At}")
            .Paragraph($"Verdict: {moment.Verdict.Tier.ToString().ToLowerInvariant()}. {moment.Verdict.Summary}" + (moment.Verdict.Tier == Core.Judging.Tier.None ? "" : $" It holds from {moment.Verdict.Since}."))
            .Paragraph(Standing(moment))
            .Paragraph($"This frame: score {N(score.Score)}, probability {N(score.Probability)} at equal priors{(score.OutOfScope is { } why ? $"; no evidence, {why}" : "")}. One frame decides nothing.")
            .Heading("The frame, and the text that was read")
            .Picture(moment.Jpeg, moment.Width, moment.Height, TextBoxes(moment), $"{moment.Width} x {moment.Height} px, media time {score.At}")
            .Table(["text", "confidence", "glyph height", "of the short side"], moment.Text.Lines.Select(l => (string[])
                [l.Text, N(l.Confidence), $"{l.GlyphHeight.ToString("0.#", CultureInfo.InvariantCulture)} px", Percent(l.GlyphHeight / Math.Min(moment.Width, moment.Height))]));
        if (moment.Text.Lines.Count == 0)
            page.Paragraph("No text was read.");
        page.Heading("What the network was given");
        foreach (var view in moment.Views)
            page.Picture(view.Jpeg, view.Width, view.Height, "", $"{view.Name}: {N(view.Logit)}");
        page.Heading("How the evidence added up")
            .Paragraph("A dot is a sample's score; pale ones do not count, because the model says nothing about them or because they are like an earlier one. The line is the mean over the samples that count; dashed are the review and the stamp level.");
        if (moment.Steps.Count > 0)
            page.Chart(Chart(moment), "Score and running mean over media time, s");
        page.Table(["at", "score", "views", "counts", "mean", "samples", "level"], moment.Steps.Select(Row));
        page.Heading("Open incidents");
        if (moment.Incidents.Count == 0)
            page.Paragraph("None.");
        foreach (var incident in moment.Incidents)
            page.Paragraph($"{incident.Violation} ({incident.Severity.ToString().ToLowerInvariant()}), from {incident.MediaFrom}: {incident.Message} {incident.Rule.Clause}").List(incident.Facts.Select(f => $"{f.At}: {f.Text}"));
        return page.Heading("Models").List(((ModelReference?[])[score.Model, moment.Text.Model]).OfType<ModelReference>().Select(m => $"{m.Name} {m.Version}, SHA-256 {m.Sha256}")).ToString();
    }

    private static string Standing(Moment moment) => moment.Steps.Count == 0
        ? "No sample was looked at so far."
        : moment.Steps[^1].Standing is var standing
            ? $"The detector's mean is {N(standing.Mean)} over {standing.Samples} samples that count; its review level is {N(standing.Levels.Review)}, its stamp level {N(standing.Levels.Stamp)}. Level reached: {standing.Level.ToString().ToLowerInvariant()}."
            : "";

    private static string[] Row(SampleStep step) =>
    [
        step.Score.At.ToString(),
        N(step.Score.Score),
        string.Join(" ", step.Score.ViewScores.Select(N)),
        step.Counts ? "yes" : step.Score.OutOfScope ?? "like an earlier one",
        N(step.Standing.Mean),
        step.Standing.Samples.ToString(CultureInfo.InvariantCulture),
        step.Standing.Level.ToString().ToLowerInvariant(),
    ];

    private static SvgChart Chart(Moment moment)
    {
        var levels = moment.Score.Levels;
        var scores = moment.Steps.Select(s => s.Score.Score).Concat([levels.Review, levels.Stamp, moment.Score.Score]).ToList();
        var from = moment.Steps[0].Score.At.ToTimeSpan().TotalSeconds;
        var until = Math.Max(moment.Score.At.ToTimeSpan().TotalSeconds, from + 1);
        var (low, high) = (scores.Min() - 0.3, scores.Max() + 0.3);
        var chart = new SvgChart(900, 320, (from, until), (low, high), "media time, s", "score")
            .Segment(from, levels.Review, until, levels.Review, "level", "review level")
            .Segment(from, levels.Stamp, until, levels.Stamp, "level", "stamp level")
            .Line(moment.Steps.Where(s => s.Standing.Samples > 0).Select(s => (s.Score.At.ToTimeSpan().TotalSeconds, s.Standing.Mean)), "real-line", "running mean");
        foreach (var step in moment.Steps)
            chart.Dot(step.Score.At.ToTimeSpan().TotalSeconds, step.Score.Score, step.Counts ? "ai" : "faint", $"{step.Score.At}: {N(step.Score.Score)}");
        return chart;
    }

    private static string TextBoxes(Moment moment)
    {
        var overlay = new StringBuilder();
        foreach (var line in moment.Text.Lines)
        {
            overlay.Append(CultureInfo.InvariantCulture, $"<rect class=\"mark\" x=\"{line.Box.X:0.#}\" y=\"{line.Box.Y:0.#}\" width=\"{line.Box.Width:0.#}\" height=\"{line.Box.Height:0.#}\">")
                .Append(CultureInfo.InvariantCulture, $"<title>{HtmlPage.Escape(line.Text)}</title></rect>");
        }

        return overlay.ToString();
    }

    private static string N(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
