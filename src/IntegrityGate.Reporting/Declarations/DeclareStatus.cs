namespace IntegrityGate.Reporting.Declarations;

/// <summary>What became of a request to declare.</summary>
public enum DeclareStatus
{
    /// <summary>Kept.</summary>
    Kept = 0,

    /// <summary>The idempotency key was seen before, with the same request: nothing new was made.</summary>
    Known = 1,

    /// <summary>The idempotency key stands for a different declaration.</summary>
    Conflict = 2,

    /// <summary>The stream has its greatest number of declarations in force.</summary>
    TooMany = 3,
}
