using Spectre.Console;

namespace IntegrityGate.Commands;

/// <summary>The bar of a command that takes long. It goes to standard error, so that a report can be piped.</summary>
internal static class ProgressBar
{
    /// <summary>Makes one.</summary>
    /// <param name="quiet">True to show none.</param>
    public static Progress Create(bool quiet)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(quiet ? TextWriter.Null : Console.Error) });
        return console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
    }
}
