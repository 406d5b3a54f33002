namespace IntegrityGate.Core.Incidents;

/// <summary>What a reviewer decided.</summary>
public enum ReviewDecision
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>The content is AI; the label is due.</summary>
    Confirmed = 1,

    /// <summary>The finding is wrong.</summary>
    Dismissed = 2,
}
