using System.CommandLine;
using IntegrityGate.LoadHarness.Experiments;
using IntegrityGate.LoadHarness.Load;

namespace IntegrityGate.LoadHarness;

/// <summary>The command line.</summary>
internal static class HarnessCommand
{
    /// <summary>Makes it.</summary>
    public static RootCommand Create()
    {
        var names = new Option<string>("--experiment", "-e")
        {
            Description = $"Which to run, with commas between: {string.Join(", ", ExperimentList.Names)} [all]",
            HelpName = "NAMES",
        };
        var quick = new Option<bool>("--quick") { Description = "One short round with small loads: shows that everything works, measures nothing well" };
        var rounds = new Option<int?>("--rounds") { Description = "Repetitions, the ways in turn each time [3]", HelpName = "N" };
        var seconds = new Option<int?>("--seconds") { Description = "Length of each measurement [30]", HelpName = "N" };
        var gate = new Option<string?>("--gate") { Description = "The gate's assembly [src/IntegrityGate/bin/Release/net10.0/integritygate.dll]", HelpName = "FILE" };
        var before = new Option<string?>("--before") { Description = "Another build of it, for the experiment builds", HelpName = "FILE" };
        var json = new Option<string?>("--json") { Description = "Write all figures here", HelpName = "FILE" };
        var markdown = new Option<string?>("--markdown") { Description = "Write the tables here", HelpName = "FILE" };
        var load = new Command("load", "Publishers and sink, driven by standard input; the harness starts it itself") { Hidden = true };
        load.SetAction((_, ct) => LoadLoop.RunAsync(Console.In, Console.Out, ct));

        var command = new RootCommand("Measures the gate beside what it is compared with, in one run.") { names, quick, rounds, seconds, gate, before, json, markdown, load };
        command.SetAction((parsed, ct) =>
        {
            var isQuick = parsed.GetValue(quick);
            return Harness.RunAsync(
                new HarnessOptions(
                    parsed.GetValue(names)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? ExperimentList.Defaults,
                    parsed.GetValue(rounds) ?? (isQuick ? 1 : 3),
                    TimeSpan.FromSeconds(parsed.GetValue(seconds) ?? (isQuick ? 3 : 30)),
                    TimeSpan.FromSeconds(isQuick ? 1 : 8),
                    isQuick,
                    parsed.GetValue(gate),
                    parsed.GetValue(before),
                    parsed.GetValue(json),
                    parsed.GetValue(markdown)),
                ct);
        });
        return command;
    }
}
