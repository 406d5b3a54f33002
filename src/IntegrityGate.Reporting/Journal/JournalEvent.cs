using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Reporting.Journal;

/// <summary>One event of the feed.</summary>
/// <param name="Cursor">Its place in the feed: positive, strictly rising, never given twice.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Incident">The incident after the change.</param>
/// <param name="WrittenAt">When it was written, to the millisecond.</param>
public sealed record JournalEvent(long Cursor, IncidentChangeKind Kind, Incident Incident, DateTimeOffset WrittenAt);
