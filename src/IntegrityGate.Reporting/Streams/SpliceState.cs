namespace IntegrityGate.Reporting.Streams;

/// <summary>What is being done to the picture.</summary>
public enum SpliceState
{
    /// <summary>The publisher's bytes go through untouched.</summary>
    Passing = 0,

    /// <summary>A stamp is due at the next IDR.</summary>
    Entering = 1,

    /// <summary>GOPs are re-encoded with the label.</summary>
    Stamping = 2,

    /// <summary>The stamp ends at the next IDR.</summary>
    Leaving = 3,

    /// <summary>A stamp is due and cannot be made.</summary>
    Impossible = 4,
}
