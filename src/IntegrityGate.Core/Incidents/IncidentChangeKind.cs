namespace IntegrityGate.Core.Incidents;

/// <summary>What happened to an incident.</summary>
public enum IncidentChangeKind
{
    /// <summary>It began.</summary>
    Opened = 0,

    /// <summary>Something about it changed.</summary>
    Updated = 1,

    /// <summary>It ended.</summary>
    Closed = 2,
}
