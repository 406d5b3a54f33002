using IntegrityGate.LoadHarness.Reports;

namespace IntegrityGate.LoadHarness.Experiments;

/// <summary>One question, answered by measuring all ways in turn.</summary>
internal interface IExperiment
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>The question.</summary>
    string Title { get; }

    /// <summary>Measures and reports.</summary>
    Task RunAsync(ExperimentReport report, CancellationToken ct);
}
