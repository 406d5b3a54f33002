using IntegrityGate.LoadHarness.Experiments;
using IntegrityGate.LoadHarness.Machine;
using IntegrityGate.LoadHarness.Reports;
using Spectre.Console;

namespace IntegrityGate.LoadHarness;

/// <summary>Runs the experiments one after the other and shows what came out.</summary>
internal static class Harness
{
    private const int TableWidth = 160;

    /// <summary>Runs.</summary>
    /// <returns>0 when all ran; 1 when one could not, which does not keep the others from running; 2 for options that cannot be.</returns>
    public static async Task<int> RunAsync(HarnessOptions options, CancellationToken ct)
    {
        if (options.Experiments.Except(ExperimentList.Names).ToList() is { Count: > 0 } unknown)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]No experiment is called {string.Join(", ", unknown)}.[/]");
            return 2;
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, TableWidth); // a log has no width of its own
        var machine = MachineDescription.Read();
        await using var bench = new Workbench(options);
        var reports = new List<ExperimentReport>();
        var isWhole = true;
        foreach (var experiment in ExperimentList.Create(bench).Where(experiment => options.Experiments.Contains(experiment.Name)))
        {
            var report = new ExperimentReport(experiment.Name, experiment.Title);
            reports.Add(report);
            try
            {
                await experiment.RunAsync(report, ct);
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException or TimeoutException)
            {
                report.Note($"FAILED: {exception.Message}");
                isWhole = false;
            }

            ConsoleReport.Write(report);
        }

        var result = new HarnessResult(machine, options, reports);
        if (options.Json is { } json)
            await File.WriteAllTextAsync(json, JsonReport.Write(result), ct);
        if (options.Markdown is { } markdown)
            await File.WriteAllTextAsync(markdown, MarkdownReport.Write(result), ct);
        return isWhole ? 0 : 1;
    }
}
