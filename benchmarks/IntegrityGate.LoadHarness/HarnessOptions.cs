namespace IntegrityGate.LoadHarness;

/// <summary>What to run and how long.</summary>
/// <param name="Experiments">Names of experiments.</param>
/// <param name="Rounds">How often each is repeated, all its ways in turn each time.</param>
/// <param name="Window">Length of one measurement.</param>
/// <param name="WarmUp">Streaming before each measurement: code is compiled, connections are warm.</param>
/// <param name="IsQuick">Only shows that everything works: one short round, small loads.</param>
/// <param name="Gate">The gate's assembly, or null for the one built in the repository.</param>
/// <param name="Before">Another build of the gate's assembly to compare this one with, or null.</param>
/// <param name="Json">File for the figures, or null.</param>
/// <param name="Markdown">File for the tables, or null.</param>
internal sealed record HarnessOptions(
    IReadOnlyList<string> Experiments, int Rounds, TimeSpan Window, TimeSpan WarmUp, bool IsQuick, string? Gate, string? Before, string? Json, string? Markdown)
{
    /// <summary>Core for what is measured, where the two sides are kept apart.</summary>
    public const int RelayCore = 0;

    /// <summary>Core for publishers and sink.</summary>
    public const int LoadCore = 1;
}
