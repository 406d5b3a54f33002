using IntegrityGate.Core.Streams;
using IntegrityGate.Reporting.Journal;
using Microsoft.Data.Sqlite;

namespace IntegrityGate.Reporting.Audit;

/// <summary>The table of acts.</summary>
internal static class AuditRows
{
    /// <summary>Keeps an act.</summary>
    /// <returns>Its id.</returns>
    public static long Add(JournalConnection db, AuditAct act, DateTimeOffset now, AuditOutcome outcome)
    {
        db.Execute(
            """
            INSERT INTO audit(at, who, why, action, stream, subject, detail, outcome, outcome_detail)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, '')
            """,
            now.ToUnixTimeMilliseconds(),
            act.Who,
            act.Why,
            act.Action,
            act.Stream.Value,
            act.Subject,
            act.Detail,
            (int)outcome);
        return (long)db.Scalar("SELECT last_insert_rowid()")!;
    }

    /// <summary>Keeps what came of an act.</summary>
    public static int Conclude(JournalConnection db, long id, AuditOutcome outcome, string detail) =>
        db.Execute("UPDATE audit SET outcome = $2, outcome_detail = $3 WHERE id = $1", id, (int)outcome, detail);

    /// <summary>A page of acts whose ids lie before <paramref name="before"/>, the newest first.</summary>
    public static AuditPage List(JournalConnection db, AuditFilter filter, int size, long before)
    {
        var byStream = filter.Stream.Length > 0 ? "AND stream = $2" : "AND $2 = ''";
        var entries = db.Rows(
            $"""
            SELECT id, at, who, why, action, stream, subject, detail, outcome, outcome_detail FROM audit
            WHERE id < $1 {byStream} AND ($3 = '' OR who = $3) AND ($4 IS NULL OR at >= $4) AND ($5 IS NULL OR at < $5)
            ORDER BY id DESC LIMIT $6
            """,
            Entry,
            before,
            filter.Stream,
            filter.Who,
            filter.From?.ToUnixTimeMilliseconds(),
            filter.Before?.ToUnixTimeMilliseconds(),
            size + 1);
        if (entries.Count <= size)
            return new AuditPage(entries, null);
        entries.RemoveAt(size);
        return new AuditPage(entries, entries[^1].Id);
    }

    /// <summary>Deletes acts from before a moment.</summary>
    /// <returns>Rows deleted.</returns>
    public static int Purge(JournalConnection db, DateTimeOffset before, int max) =>
        db.Execute("DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < $1 LIMIT $2)", before.ToUnixTimeMilliseconds(), max);

    private static AuditEntry Entry(SqliteDataReader row) => new(
        row.GetInt64(0),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
        new AuditAct(row.GetString(4), new StreamId(row.GetString(5)), row.GetString(2), row.GetString(3), row.GetString(6), row.GetString(7)),
        (AuditOutcome)row.GetInt32(8),
        row.GetString(9));
}
