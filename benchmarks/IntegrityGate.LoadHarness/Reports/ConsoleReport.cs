using Spectre.Console;

namespace IntegrityGate.LoadHarness.Reports;

/// <summary>A report on the terminal.</summary>
internal static class ConsoleReport
{
    /// <summary>Writes figures, ratios and remarks.</summary>
    public static void Write(ExperimentReport report)
    {
        AnsiConsole.Write(new Rule(Markup.Escape($"{report.Name}: {report.Title}")) { Justification = Justify.Left });
        Write(report.Figures);
        Write(report.Ratios);
        foreach (var note in report.Notes)
            AnsiConsole.MarkupLineInterpolated($"[grey]- {note}[/]");
        AnsiConsole.WriteLine();
    }

    private static void Write(IReadOnlyList<Series> rows)
    {
        if (rows.Count == 0)
            return;
        var table = new Table().Border(TableBorder.Simple).AddColumns("way", "figure", "median", "min – max", "unit");
        table.Columns[2].RightAligned();
        foreach (var row in rows)
            table.AddRow(new[] { row.Way, row.Figure, Figures.Show(row.Median), Figures.Range(row), row.Unit }.Select(Markup.Escape).ToArray());
        AnsiConsole.Write(table);
    }
}
