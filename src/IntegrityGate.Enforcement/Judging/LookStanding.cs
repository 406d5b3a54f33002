namespace IntegrityGate.Enforcement.Judging;

/// <summary>What is held of a stream when the next look is taken: how much that look may cost, and under which head it is counted.</summary>
public enum LookStanding
{
    /// <summary>Too few looks to say anything.</summary>
    New = 0,

    /// <summary>Nothing speaks for AI content, and the detector's mean is well under its review level.</summary>
    Clean = 1,

    /// <summary>Something speaks for AI content, or the detector's mean is near or over its review level: a verdict holds or may change.</summary>
    Suspicious = 2,
}
