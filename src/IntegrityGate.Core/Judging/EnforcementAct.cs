namespace IntegrityGate.Core.Judging;

/// <summary>What the gate does about a violation; chosen per stream by policy. Higher includes lower.</summary>
public enum EnforcementAct
{
    /// <summary>Count and journal, nothing else.</summary>
    Observe = 0,

    /// <summary>Open an incident on the feed.</summary>
    Report = 1,

    /// <summary>Stamp the label into the picture.</summary>
    Stamp = 2,

    /// <summary>End the stream.</summary>
    Block = 3,
}
