using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Reporting.Journal;

/// <summary>Which events a reader wants. It looks at indexed columns, so that what it leaves out is never parsed.</summary>
/// <param name="Streams">Only these stream ids; empty means all.</param>
/// <param name="Violations">Only these violation codes; empty means all.</param>
/// <param name="MinimumSeverity">Only events at least this severe.</param>
public sealed record EventFilter(IReadOnlySet<string> Streams, IReadOnlySet<string> Violations, Severity MinimumSeverity)
{
    /// <summary>Lets everything through.</summary>
    public static EventFilter All { get; } = new(new HashSet<string>(), new HashSet<string>(), Severity.Info);

    /// <summary>True when an event with these columns is wanted.</summary>
    public bool Passes(string stream, string violation, Severity severity) =>
        severity >= MinimumSeverity
        && (Streams.Count == 0 || Streams.Contains(stream))
        && (Violations.Count == 0 || Violations.Contains(violation));
}
