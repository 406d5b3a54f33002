using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Incidents;

/// <summary>An obligation that was not met, from its opening to its end; one per stream session and rule at a time.</summary>
public sealed record Incident
{
    /// <summary>Unique and sortable by opening time (UUID version 7, lower-case hex with dashes).</summary>
    public required string Id { get; init; }

    /// <summary>The stream's public id.</summary>
    public required StreamId Stream { get; init; }

    /// <summary>The stream session (one publisher's life on the key).</summary>
    public required string SessionId { get; init; }

    /// <summary>The rule that is broken.</summary>
    public required RuleReference Rule { get; init; }

    /// <summary>One of <see cref="ViolationCode"/>.</summary>
    public required string Violation { get; init; }

    /// <summary>Tier of the verdict behind it.</summary>
    public Tier Tier { get; init; }

    /// <summary>Ground of the verdict behind it.</summary>
    public VerdictBasis Basis { get; init; }

    /// <summary>How much it matters.</summary>
    public Severity Severity { get; init; } = Severity.Violation;

    /// <summary>Open or closed.</summary>
    public IncidentState State { get; init; }

    /// <summary>What the gate does about it now.</summary>
    public EnforcementAct Action { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>When it opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it closed; null while open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Media time at which the violation began.</summary>
    public required MediaTime MediaFrom { get; init; }

    /// <summary>Media time up to which it is known to last.</summary>
    public required MediaTime MediaUntil { get; init; }

    /// <summary>Why it closed; empty while open.</summary>
    public string CloseReason { get; init; } = "";

    /// <summary>What it rests on; the newest last, at most <see cref="MaxFacts"/>.</summary>
    public IReadOnlyList<IncidentFact> Facts { get; init; } = [];

    /// <summary>Ids of the pictures kept for it.</summary>
    public IReadOnlyList<string> EvidenceIds { get; init; } = [];

    /// <summary>A reviewer's decision; null while there is none.</summary>
    public Review? Review { get; init; }

    /// <summary>Facts an incident keeps: enough for the run of samples that decided, little enough for one feed message.</summary>
    public const int MaxFacts = 32;
}
