namespace IntegrityGate.Reporting.Audit;

/// <summary>Which audit entries to list; combined with AND.</summary>
/// <param name="Stream">Only this stream id; empty means all.</param>
/// <param name="Who">Only this person; empty means all.</param>
/// <param name="From">Only at this moment or later; compared by whole milliseconds.</param>
/// <param name="Before">Only before this moment; compared by whole milliseconds.</param>
public sealed record AuditFilter(string Stream = "", string Who = "", DateTimeOffset? From = null, DateTimeOffset? Before = null);
