namespace IntegrityGate.Reporting.Journal;

/// <summary>A run of events, as one read gives it.</summary>
/// <param name="Events">Those that passed the filter, in the order of their cursors.</param>
/// <param name="ScannedThrough">Everything up to this cursor was looked at; read on after it.</param>
public sealed record EventBatch(IReadOnlyList<JournalEvent> Events, long ScannedThrough);
