namespace IntegrityGate.Reporting.Journal;

/// <summary>What a purge took away.</summary>
/// <param name="Events">Events of the feed.</param>
/// <param name="Incidents">Closed incidents.</param>
/// <param name="Pictures">Evidence pictures.</param>
/// <param name="AuditEntries">Audit entries.</param>
/// <param name="Declarations">Declarations that had ended.</param>
public sealed record PurgeReport(int Events, int Incidents, int Pictures, int AuditEntries, int Declarations)
{
    /// <summary>All rows.</summary>
    public int Total => Events + Incidents + Pictures + AuditEntries + Declarations;
}
