namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>What the splice does.</summary>
public enum SpliceState
{
    /// <summary>The publisher's bytes go through.</summary>
    Forwarding = 0,

    /// <summary>The label is in the outgoing picture.</summary>
    Stamping = 1,

    /// <summary>It was told to stamp and cannot.</summary>
    Cannot = 2,
}
