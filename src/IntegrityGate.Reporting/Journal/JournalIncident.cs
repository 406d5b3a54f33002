using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Reporting.Journal;

/// <summary>An incident in its latest state, with its place in the feed.</summary>
/// <param name="FirstCursor">Cursor of its first event; the order in which incidents are listed.</param>
/// <param name="LastCursor">Cursor of its last event.</param>
/// <param name="Incident">The incident.</param>
public sealed record JournalIncident(long FirstCursor, long LastCursor, Incident Incident);
