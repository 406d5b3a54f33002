using System.Globalization;
using System.Text;

namespace IntegrityGate.LoadHarness.Reports;

/// <summary>A result as a page.</summary>
internal static class MarkdownReport
{
    /// <summary>Writes the machine, then each experiment.</summary>
    public static string Write(HarnessResult result)
    {
        var page = new StringBuilder();
        page.AppendLine("# Load harness");
        page.AppendLine();
        var (options, invariant) = (result.Options, CultureInfo.InvariantCulture);
        page.AppendLine(invariant, $"{options.Rounds} rounds, {options.Window.TotalSeconds} s each after {options.WarmUp.TotalSeconds} s of warm-up; all ways of a round one after the other, medians and the least and greatest of the rounds. What is measured and how: [docs/9-benchmarks.md](../../docs/9-benchmarks.md).");
        if (options.IsQuick)
            page.AppendLine("\n**A quick run: it shows that everything works and measures nothing well.**");
        page.AppendLine();
        page.AppendLine("| machine | |");
        page.AppendLine("|---|---|");
        foreach (var (name, value) in result.Machine.Facts)
            page.AppendLine(invariant, $"| {name} | {value} |");
        foreach (var report in result.Reports)
            Write(page, report);
        return page.ToString();
    }

    private static void Write(StringBuilder page, ExperimentReport report)
    {
        page.AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"## {report.Name}: {report.Title}");
        page.AppendLine();
        Write(page, report.Figures);
        Write(page, report.Ratios);
        foreach (var note in report.Notes)
            page.AppendLine(CultureInfo.InvariantCulture, $"- {note}");
    }

    private static void Write(StringBuilder page, IReadOnlyList<Series> rows)
    {
        if (rows.Count == 0)
            return;
        page.AppendLine("| way | figure | median | min – max | unit |");
        page.AppendLine("|---|---|---:|---:|---|");
        foreach (var row in rows)
            page.AppendLine(CultureInfo.InvariantCulture, $"| {row.Way} | {row.Figure} | {Figures.Show(row.Median)} | {Figures.Range(row)} | {row.Unit} |");
        page.AppendLine();
    }
}
