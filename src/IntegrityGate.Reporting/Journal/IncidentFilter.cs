using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;

namespace IntegrityGate.Reporting.Journal;

/// <summary>Which incidents to list; the parts are combined with AND, the values of one list with OR.</summary>
public sealed record IncidentFilter
{
    /// <summary>Lets everything through.</summary>
    public static IncidentFilter All { get; } = new();

    /// <summary>Only these stream ids; empty means all.</summary>
    public IReadOnlyList<string> Streams { get; init; } = [];

    /// <summary>Only these rule ids; empty means all.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Only these violation codes; empty means all.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>Only this state; null means both.</summary>
    public IncidentState? State { get; init; }

    /// <summary>Only incidents at least this severe.</summary>
    public Severity MinimumSeverity { get; init; } = Severity.Info;

    /// <summary>Only incidents of at least this tier.</summary>
    public Tier MinimumTier { get; init; } = Tier.None;

    /// <summary>Only incidents opened at this moment or later; compared by whole milliseconds.</summary>
    public DateTimeOffset? OpenedFrom { get; init; }

    /// <summary>Only incidents opened before this moment; compared by whole milliseconds.</summary>
    public DateTimeOffset? OpenedBefore { get; init; }
}
