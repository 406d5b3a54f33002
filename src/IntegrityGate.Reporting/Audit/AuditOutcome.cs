namespace IntegrityGate.Reporting.Audit;

/// <summary>What came of an act.</summary>
public enum AuditOutcome
{
    /// <summary>Asked for; the gate stopped before the outcome was known.</summary>
    Requested = 0,

    /// <summary>Done.</summary>
    Applied = 1,

    /// <summary>Kept, but there was no live stream to tell.</summary>
    Kept = 2,

    /// <summary>Refused.</summary>
    Refused = 3,
}
