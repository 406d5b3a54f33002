namespace IntegrityGate.Core.Incidents;

/// <summary>An incident's life: opened, updated while it lasts, closed.</summary>
public enum IncidentState
{
    /// <summary>It lasts.</summary>
    Open = 0,

    /// <summary>It is over.</summary>
    Closed = 1,
}
