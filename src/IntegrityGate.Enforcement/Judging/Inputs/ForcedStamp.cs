namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>An operator's order about the stamp.</summary>
public enum ForcedStamp
{
    /// <summary>The rules decide.</summary>
    None = 0,

    /// <summary>Stamp, whatever the rules say.</summary>
    On = 1,

    /// <summary>Do not stamp and do not block, whatever the rules say.</summary>
    Off = 2,
}
