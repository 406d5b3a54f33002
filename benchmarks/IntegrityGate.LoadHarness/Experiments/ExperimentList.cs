namespace IntegrityGate.LoadHarness.Experiments;

/// <summary>All experiments there are.</summary>
internal static class ExperimentList
{
    /// <summary>Their names in the order they run.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Defaults, "builds"];

    /// <summary>Those that run when none is named: all but the one that needs a second build.</summary>
    public static IReadOnlyList<string> Defaults => ["forward", "latency", "stamp", "density", "fanout", "inspect"];

    /// <summary>Makes them.</summary>
    public static IEnumerable<IExperiment> Create(Workbench bench) =>
        [new ForwardExperiment(bench), new LatencyExperiment(bench), new StampExperiment(bench), new DensityExperiment(bench), new FanoutExperiment(bench), new InspectExperiment(bench), new BuildsExperiment(bench)];
}
