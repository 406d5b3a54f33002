namespace IntegrityGate.Enforcement.Judging;

/// <summary>How long a stamp stays.</summary>
public enum StampDuration
{
    /// <summary>As long as the duty is not met by the publisher: the default for live, since a viewer joins at any moment.</summary>
    Continuous = 0,

    /// <summary>The rule's least time (GB 45438-2025 5.4: 2 s), once for each stretch of AI content; then the publisher's bytes go through again.</summary>
    Minimum = 1,
}
