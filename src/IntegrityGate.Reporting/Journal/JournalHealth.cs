namespace IntegrityGate.Reporting.Journal;

/// <summary>Whether the last attempt to write succeeded.</summary>
/// <param name="IsHealthy">True when it did, or when nothing was written yet.</param>
/// <param name="Reason">Why not; empty when healthy.</param>
/// <param name="Since">Since when it is so.</param>
public sealed record JournalHealth(bool IsHealthy, string Reason, DateTimeOffset Since);
