namespace IntegrityGate.Reporting.Audit;

/// <summary>A page of the audit log, the newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">Ask for the next page with this as <c>before</c>; null on the last page.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, long? Next);
