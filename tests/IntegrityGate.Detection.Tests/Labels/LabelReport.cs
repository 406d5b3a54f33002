using System.Globalization;
using IntegrityGate.Enforcement.Labels;

namespace IntegrityGate.Detection.Tests.Labels;

/// <summary>The printed tables of a run.</summary>
public static class LabelReport
{
    /// <summary>Tables by height, by style and opacity, and by rate, then what went wrong.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<LabelResult> results)
    {
        foreach (var line in Table("height", results, r => string.Create(CultureInfo.InvariantCulture, $"{r.Label.HeightFraction * 100:00.00} %")))
            yield return line;
        var legible = results.Where(r => r.IsDue).ToList();
        foreach (var line in Table("5 % and more, opacity 0.6 and more, visible: style", legible, r => r.Label.Style.ToString()))
            yield return line;
        foreach (var line in Table("layout", legible, r => r.Label.Layout.ToString()))
            yield return line;
        foreach (var line in Table("frame", legible, r => $"{r.Label.ShortSide,4}p"))
            yield return line;
        foreach (var line in Table("crf", legible, r => $"{r.Label.Crf}"))
            yield return line;
        foreach (var line in Table("opacity of labels of 5 % and more", [.. results.Where(r => r.Label.HeightFraction >= 0.05)], r => string.Create(CultureInfo.InvariantCulture, $"{r.Label.Opacity:0.00}")))
            yield return line;
        foreach (var result in results.Where(r => (r.IsDue && !r.IsRead) || (r.Label.HeightFraction < 0.05 && r.Finding.State == LabelState.Sufficient) || Math.Abs(r.Error) > 0.06))
            yield return string.Create(CultureInfo.InvariantCulture, $"{result.Label} visible {result.VisibleShare:0.00}: {(result.IsRead ? "read" : "NOT READ")} {result.Finding.State} '{result.Text}' error {result.Error:+0.0%;-0.0%}");
    }

    private static IEnumerable<string> Table(string title, IReadOnlyCollection<LabelResult> results, Func<LabelResult, string> key)
    {
        yield return $"| {title} | labels | read | sufficient | height error 2 / 50 / 98 of 100 |";
        foreach (var group in results.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var errors = group.Where(r => r.IsRead).Select(r => r.Error).Order().ToArray();
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {group.Key} | {group.Count()} | {(double)group.Count(r => r.IsRead) / group.Count():0.000} | {group.Count(r => r.Finding.State == LabelState.Sufficient)} | {Quantile(errors, 0.02):+0.0%;-0.0%} / {Quantile(errors, 0.5):+0.0%;-0.0%} / {Quantile(errors, 0.98):+0.0%;-0.0%} |");
        }

        yield return "";
    }

    private static double Quantile(double[] sorted, double at) => sorted.Length == 0 ? 0 : sorted[(int)(at * (sorted.Length - 1))];
}
