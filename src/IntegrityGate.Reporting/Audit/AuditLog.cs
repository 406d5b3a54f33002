using IntegrityGate.Reporting.Journal;

namespace IntegrityGate.Reporting.Audit;

/// <summary>The audit log: every act is kept durably before it is done, and its outcome after.</summary>
/// <param name="journal">The journal it lies in.</param>
/// <param name="time">The clock.</param>
public sealed class AuditLog(SqliteJournal journal, TimeProvider time)
{
    /// <summary>Keeps an act that is about to be done.</summary>
    /// <returns>Its id, for <see cref="ConcludeAsync"/>.</returns>
    /// <exception cref="JournalException">The journal could not be written: do not do the act.</exception>
    public async ValueTask<long> RequestAsync(AuditAct act, CancellationToken cancellationToken) =>
        await journal.WriteRowsAsync(db => AuditRows.Add(db, act, time.GetUtcNow(), AuditOutcome.Requested), cancellationToken);

    /// <summary>Keeps what came of an act.</summary>
    /// <exception cref="JournalException">The journal could not be written; the entry stays <see cref="AuditOutcome.Requested"/>.</exception>
    public async ValueTask ConcludeAsync(long id, AuditOutcome outcome, string detail, CancellationToken cancellationToken) =>
        await journal.WriteRowsAsync(db => AuditRows.Conclude(db, id, outcome, detail), cancellationToken);

    /// <summary>A page of acts, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="size">Most entries on the page.</param>
    /// <param name="before">The page before's <see cref="AuditPage.Next"/>; null for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalException">The journal could not be read.</exception>
    public async ValueTask<AuditPage> ListAsync(AuditFilter filter, int size, long? before, CancellationToken cancellationToken) =>
        await journal.ReadRowsAsync(db => AuditRows.List(db, filter, size, before ?? long.MaxValue), cancellationToken);
}
