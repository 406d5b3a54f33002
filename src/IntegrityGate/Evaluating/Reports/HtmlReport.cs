using System.Globalization;
using IntegrityGate.Drawing;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;

namespace IntegrityGate.Evaluating.Reports;

/// <summary>An evaluation as one page with plots.</summary>
internal static class HtmlReport
{
    /// <summary>The page.</summary>
    public static string Of(Evaluation evaluation)
    {
        var page = new HtmlPage($"How far {evaluation.Model.Name} {evaluation.Model.Version} can be trusted")
            .Paragraph(string.Create(CultureInfo.InvariantCulture, $"{evaluation.Variant} weights, SHA-256 {evaluation.Model.Sha256}. {evaluation.Size.Items} items of {string.Join(", ", evaluation.Sets)}. Review level {evaluation.Levels.Review:0.00}, stamp level {evaluation.Levels.Stamp:0.00}. Seed {evaluation.Seed}."))
            .List(Notes.Of(evaluation));
        page.Heading("Beside the card").List(Notes.Of(evaluation.Card));
        if (evaluation.Card is { } card)
            page.Table(["figure", "rate", "card", "here", "agrees"], card.Rows.Select(r => (string[])[r.What, r.Rate, FigureText.Of(r.Card), FigureText.Of(r.Run) + FigureText.Of((Interval?)r.Interval), r.Agrees ? "yes" : "no"]));
        if (evaluation.Cascade.Count > 0)
            page.Heading("The cascade beside all views, at the review level").Table(["sources", "rate", .. FigureText.CascadeColumns], evaluation.Cascade.Select(FigureText.Row));
        foreach (var exposure in evaluation.Groups.Select(g => g.Exposure).Distinct())
            Write(page, evaluation, exposure);
        if (evaluation.Advice is { } advice)
        {
            page.Heading("Levels for a budget")
                .Table(["level", "score", "unseen AI items above, worst rate"],
                [
                    ["review", advice.Review is { } review ? FigureText.Of(review) + FigureText.Of(advice.ReviewInterval) : "-", advice.SyntheticAboveReview is { } above ? FigureText.Percent(above) : "-"],
                    ["stamp", advice.Stamp is { } stamp ? FigureText.Of(stamp) : "-", advice.SyntheticAboveStamp is { } high ? FigureText.Percent(high) : "-"],
                ])
                .List(advice.Support);
        }

        return page.ToString();
    }

    private static void Write(HtmlPage page, Evaluation evaluation, Exposure exposure)
    {
        var groups = evaluation.Groups.Where(g => g.Exposure == exposure && g.Synthetic.Items + g.Real.Items > 0).ToList();
        if (groups.Count == 0)
            return;
        page.Heading(FigureText.Of(exposure)).Table(
            ["rate", "AI items", "real items", "AUC", "AUC, sources alike", "TPR at 1 % FPR", "TPR at 0.1 %", "real above review", "AI above review", "real above stamp", "AI above stamp", "calibration error"],
            groups.Select(g => (string[])
            [
                g.Rate.ToString(), FigureText.Of(g.Synthetic), FigureText.Of(g.Real), FigureText.Of(g.Auc), FigureText.Of(g.AucSourcesAlike),
                FigureText.Of(g.TruePositivesAt1Percent), FigureText.Of(g.TruePositivesAt01Percent), FigureText.Of(g.RealAboveReview), FigureText.Of(g.SyntheticAboveReview),
                FigureText.Of(g.RealAboveStamp), FigureText.Of(g.SyntheticAboveStamp), g.Calibration.ExpectedError is { } error ? FigureText.Of(error) : "-",
            ]));
        page.Chart(ByRate(groups, evaluation), "Score by rate: median, middle half and 5 to 95 % of items; dashed: review and stamp level. Red: AI, blue: real.");
        foreach (var group in groups.Where(g => g.Roc.Count > 0))
        {
            page.Chart(Roc(group), $"ROC, {group.Rate}: AUC {FigureText.Of(group.Auc)}");
            page.Chart(Calibration(group), $"Stated probability and truth, {group.Rate}; a dot's size is its share of the weight");
        }

        var largest = groups.MaxBy(g => g.Synthetic.Items + g.Real.Items)!.Rate;
        var sources = evaluation.Sources.Where(s => s.Exposure == exposure && s.Rate == largest).ToList();
        page.Chart(BySource(sources, evaluation), $"Mean score by source, ± one standard deviation, at {largest}; dashed: review and stamp level. Red: AI, blue: real.");
        page.Table(
            ["rate", "real streams ever flagged", "false labels", "AI streams with a verdict", "AI streams stamped", "time to verdict p50", "p95", "too short"],
            evaluation.Streams.Where(s => s.Exposure == exposure).Select(s => (string[])
            [
                s.Rate.ToString(), FigureText.Of(s.Real), FigureText.FalseLabels(s), FigureText.Of(s.Synthetic), FigureText.Of(s.Stamped),
                FigureText.Of(s.ToVerdict50), FigureText.Of(s.ToVerdict95), s.TooShort.ToString(CultureInfo.InvariantCulture),
            ]));
        page.Table(
            ["class", "source", "rate", "items", "mean score", "above review", "above stamp", "AUC against the other class"],
            evaluation.Sources.Where(s => s.Exposure == exposure).OrderByDescending(s => s.IsSynthetic).ThenBy(s => s.Source, StringComparer.Ordinal).Select(s => (string[])
            [
                s.IsSynthetic ? "AI" : "real", s.Source, s.Rate.ToString(), s.Items.ToString(CultureInfo.InvariantCulture), FigureText.Of(s.Mean),
                FigureText.Of(s.AboveReview), FigureText.Of(s.AboveStamp), FigureText.Of(s.Auc),
            ]));
    }

    private static SvgChart Roc(GroupFigures group) => new SvgChart(340, 320, (0, 1), (0, 1), "real items taken for AI", "AI items found")
        .Segment(0, 0, 1, 1, "guide")
        .Line(group.Roc.Select(p => (p.FalsePositives, p.TruePositives)), "ai-line");

    private static SvgChart Calibration(GroupFigures group)
    {
        var chart = new SvgChart(340, 320, (0, 1), (0, 1), "stated probability", "share that is AI").Segment(0, 0, 1, 1, "guide");
        foreach (var bin in group.Calibration.Bins)
            chart.Dot(bin.Stated, bin.True, "third", $"{bin.Items} items", 3 + (12 * Math.Sqrt(bin.Weight)));
        return chart;
    }

    private static SvgChart ByRate(List<GroupFigures> groups, Evaluation evaluation)
    {
        var all = groups.SelectMany(g => g.SyntheticScores.Concat(g.RealScores)).Append(evaluation.Levels.Stamp).ToList();
        var chart = new SvgChart(720, 70 + (60 * groups.Count), (all.Min() - 1.2, all.Max() + 0.2), (groups.Count, 0), "score", "");
        Levels(chart, evaluation, groups.Count);
        for (var i = 0; i < groups.Count; i++)
        {
            chart.Label(all.Min() - 1.2, i + 0.5, groups[i].Rate.ToString());
            Quantiles(chart, groups[i].SyntheticScores, i + 0.35, "ai");
            Quantiles(chart, groups[i].RealScores, i + 0.65, "real");
        }

        return chart;
    }

    private static void Quantiles(SvgChart chart, IReadOnlyList<double> q, double y, string style)
    {
        if (q.Count < 5)
            return;
        chart.Segment(q[0], y, q[4], y, style + "-line").Box(q[1], y - 0.1, q[3], y + 0.1, style + "-box").Dot(q[2], y, style, FigureText.Of(q[2]));
    }

    private static SvgChart BySource(List<SourceFigures> sources, Evaluation evaluation)
    {
        var low = sources.Min(s => s.Mean - s.Deviation) - 1.6;
        var high = Math.Max(sources.Max(s => s.Mean + s.Deviation), evaluation.Levels.Stamp) + 0.2;
        var chart = new SvgChart(900, 60 + (18 * sources.Count), (low, high), (sources.Count, 0), "score", "");
        Levels(chart, evaluation, sources.Count);
        for (var i = 0; i < sources.Count; i++)
        {
            var (s, style) = (sources[i], sources[i].IsSynthetic ? "ai" : "real");
            chart.Label(low, i + 0.5, $"{s.Source} ({s.Items})")
                .Segment(s.Mean - s.Deviation, i + 0.5, s.Mean + s.Deviation, i + 0.5, style + "-line")
                .Dot(s.Mean, i + 0.5, style, $"{s.Source}: mean {FigureText.Of(s.Mean)} over {s.Items} items");
        }

        return chart;
    }

    private static void Levels(SvgChart chart, Evaluation evaluation, double rows) => chart
        .Segment(evaluation.Levels.Review, 0, evaluation.Levels.Review, rows, "level", "review")
        .Segment(evaluation.Levels.Stamp, 0, evaluation.Levels.Stamp, rows, "level", "stamp");
}
