using System.Globalization;
using System.Text;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;

namespace IntegrityGate.Evaluating.Reports;

/// <summary>An evaluation as two tables (RFC 4180): its figures, and every item at every rate.</summary>
internal static class CsvReport
{
    /// <summary>The figures: one a line.</summary>
    public static string Figures(Evaluation evaluation)
    {
        var text = new StringBuilder("exposure,rate,class,source,figure,value,low,high,items\r\n");
        foreach (var g in evaluation.Groups)
        {
            var items = g.Synthetic.Items + g.Real.Items;
            void Row(string figure, double? value, Statistics.Interval? interval, int of) => Line(text, [Name(g.Exposure), g.Rate.ToString(), "", "", figure, Text(value), Text(interval?.Low), Text(interval?.High), Text(of)]);
            Row("auc", g.Auc.Value, g.Auc.Interval, items);
            Row("auc_sources_alike", g.AucSourcesAlike.Value, g.AucSourcesAlike.Interval, items);
            Row("tpr_at_1_percent_fpr", g.TruePositivesAt1Percent.Value, g.TruePositivesAt1Percent.Interval, items);
            Row("tpr_at_0.1_percent_fpr", g.TruePositivesAt01Percent.Value, g.TruePositivesAt01Percent.Interval, items);
            Row("real_above_review", g.RealAboveReview.Share.Value, g.RealAboveReview.OverSources ?? g.RealAboveReview.Share.Wilson, g.Real.Items);
            Row("ai_above_review", g.SyntheticAboveReview.Share.Value, g.SyntheticAboveReview.OverSources ?? g.SyntheticAboveReview.Share.Wilson, g.Synthetic.Items);
            Row("real_above_stamp", g.RealAboveStamp.Share.Value, g.RealAboveStamp.Share.Wilson, g.Real.Items);
            Row("ai_above_stamp", g.SyntheticAboveStamp.Share.Value, g.SyntheticAboveStamp.Share.Wilson, g.Synthetic.Items);
            Row("calibration_error", g.Calibration.ExpectedError, null, items);
        }

        foreach (var s in evaluation.Sources)
        {
            void Row(string figure, double? value, Statistics.Interval? interval) => Line(text, [Name(s.Exposure), s.Rate.ToString(), s.IsSynthetic ? "ai" : "real", s.Source, figure, Text(value), Text(interval?.Low), Text(interval?.High), Text(s.Items)]);
            Row("mean_score", s.Mean, null);
            Row("above_review", s.AboveReview.Value, s.AboveReview.Wilson);
            Row("above_stamp", s.AboveStamp.Value, s.AboveStamp.Wilson);
            Row("auc", s.Auc.Value, s.Auc.Interval);
        }

        return text.ToString();
    }

    /// <summary>The items: one a line and rate.</summary>
    public static string Items(Evaluation evaluation)
    {
        var text = new StringBuilder("file,class,source,exposure,form,rate,outcome,score,frames,note,views,cascade_score,cascade_views\r\n");
        foreach (var s in evaluation.Measurements.Scores)
        {
            var scored = s.Outcome == Trials.LookOutcome.Scored;
            Line(text,
            [
                s.Item.Name, s.Item.Class, s.Item.Source, Name(s.Item.Exposure), s.Item.IsClip ? "clip" : "picture", s.Rate.ToString(), s.Outcome.ToString(),
                scored ? Text(s.Score) : "", Text(s.Frames), s.Note ?? "",
                string.Join(' ', s.Views.Select(v => Text(v))), Text(s.Cascade?.Score), Text(s.Cascade?.Views),
            ]);
        }

        return text.ToString();
    }

    private static string Name(Exposure exposure) => exposure.ToString();

    private static string Text(double? value) => value is { } v && double.IsFinite(v) ? v.ToString("0.######", CultureInfo.InvariantCulture) : "";

    private static void Line(StringBuilder text, IEnumerable<string> fields) => text.AppendJoin(',', fields.Select(Quote)).Append("\r\n");

    // A field that a spreadsheet would take for a formula is a name from somebody's list: the apostrophe makes it text.
    private static string Quote(string field)
    {
        if (field.Length > 0 && field[0] is '=' or '+' or '@' or '\t')
            field = "'" + field;
        return field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }
}
