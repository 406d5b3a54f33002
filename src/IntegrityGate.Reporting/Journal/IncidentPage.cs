namespace IntegrityGate.Reporting.Journal;

/// <summary>A page of incidents, the newest first.</summary>
/// <param name="Incidents">The incidents.</param>
/// <param name="Next">Ask for the next page with this as <c>before</c>; null on the last page.</param>
public sealed record IncidentPage(IReadOnlyList<JournalIncident> Incidents, long? Next);
