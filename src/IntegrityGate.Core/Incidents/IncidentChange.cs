namespace IntegrityGate.Core.Incidents;

/// <summary>One event of the feed before it has a cursor.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Incident">The incident after the change.</param>
public sealed record IncidentChange(IncidentChangeKind Kind, Incident Incident);
