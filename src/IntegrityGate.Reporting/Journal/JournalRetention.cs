using IntegrityGate.Reporting.Audit;
using IntegrityGate.Reporting.Declarations;

namespace IntegrityGate.Reporting.Journal;

/// <summary>Takes away what is past its time or over its budget, a small commit at a time.</summary>
internal sealed class JournalRetention(
    JournalOptions options,
    JournalWriter writer,
    EvidenceFolder evidence,
    EvidenceLedger ledger,
    TimeProvider time,
    long purgedThrough) : IDisposable
{
    /// <summary>Free pages given back to the disk per commit: 4 MiB of 4 KiB pages, so that incidents are written in between.</summary>
    private const int VacuumPages = 1024;

    /// <summary>Such commits per purge; free pages that are left are used again first.</summary>
    private const int VacuumCommits = 4;

    private readonly SemaphoreSlim _one = new(1, 1);
    private long _purgedThrough = purgedThrough;

    /// <summary>Every event up to this cursor is purged.</summary>
    public long PurgedThrough => Volatile.Read(ref _purgedThrough);

    /// <summary>Applies every retention.</summary>
    public async Task<PurgeReport> PurgeAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var events = await EventsAsync(now - options.IncidentRetention, cancellationToken);
            var pictures = await PicturesAsync(db => EvidenceRows.PurgeOld(db, now - options.EvidenceRetention, options.PurgeBatch), cancellationToken);
            pictures += await PicturesAsync(db => EvidenceRows.PurgeOfIncidents(db, now - options.IncidentRetention, options.PurgeBatch), cancellationToken);
            pictures += await EvictCoreAsync(cancellationToken);
            var incidents = await EachBatchAsync(
                "incidents", db => IncidentRows.Purge(db, now - options.IncidentRetention, options.PurgeBatch), cancellationToken);
            var audit = await EachBatchAsync("audit", db => AuditRows.Purge(db, now - options.AuditRetention, options.PurgeBatch), cancellationToken);
            var declarations = await EachBatchAsync(
                "declarations", db => DeclarationRows.Purge(db, now - options.AuditRetention, options.PurgeBatch), cancellationToken);

            await DropEmptyDaysAsync(now, cancellationToken);
            for (var commit = 0; commit < VacuumCommits; commit++)
                await writer.RunAsync(db => db.Execute($"PRAGMA incremental_vacuum({VacuumPages})"), cancellationToken);
            return new PurgeReport(events, incidents, pictures, audit, declarations);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Brings the pictures back under their budget, the oldest first.</summary>
    /// <returns>Pictures taken away.</returns>
    public async Task<int> EvictAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await EvictCoreAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<int> EventsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var total = 0;
        int rows;
        do
        {
            (rows, var through) = await writer.RunAsync(db => EventRows.Purge(db, before, options.PurgeBatch), cancellationToken);
            Volatile.Write(ref _purgedThrough, through);
            total += rows;
        }
        while (rows > 0);

        JournalTelemetry.CountPurged("events", total);
        return total;
    }

    private Task<int> EvictCoreAsync(CancellationToken cancellationToken) => PicturesAsync(
        db => ledger.Bytes - options.MaxEvidenceBytes is > 0 and var over ? EvidenceRows.Evict(db, over, options.PurgeBatch) : [],
        cancellationToken);

    private async Task<int> EachBatchAsync(string table, Func<JournalConnection, int> purge, CancellationToken cancellationToken)
    {
        var total = 0;
        int rows;
        do
        {
            rows = await writer.RunAsync(purge, cancellationToken);
            total += rows;
        }
        while (rows > 0);

        JournalTelemetry.CountPurged(table, total);
        return total;
    }

    private async Task<int> PicturesAsync(Func<JournalConnection, List<EvidenceRow>> purge, CancellationToken cancellationToken)
    {
        var total = 0;
        List<EvidenceRow> rows;
        do
        {
            rows = await writer.RunAsync(purge, cancellationToken);
            foreach (var row in rows)
            {
                evidence.Delete(row.Path);
                ledger.Add(-row.Length);
            }

            total += rows.Count;
        }
        while (rows.Count > 0);

        JournalTelemetry.CountPurged("evidence", total);
        return total;
    }

    private async Task DropEmptyDaysAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A file stands before its row does: yesterday's folder may be one that a row is about to name.
        var oldest = await writer.RunAsync(db => EvidenceRows.FirstPath(db), cancellationToken);
        var yesterday = $"{now.UtcDateTime.AddDays(-1):yyyy-MM-dd}/";
        evidence.DropDaysBefore(oldest is not null && string.CompareOrdinal(oldest, yesterday) < 0 ? oldest : yesterday);
    }
}
