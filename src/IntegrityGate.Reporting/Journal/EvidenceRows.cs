using Microsoft.Data.Sqlite;

namespace IntegrityGate.Reporting.Journal;

/// <summary>The table of evidence pictures; the pictures themselves are files.</summary>
internal static class EvidenceRows
{
    private const string Columns = "id, incident_id, media_time, width, height, length, sha256, path";

    /// <summary>Keeps a picture's row.</summary>
    /// <returns>False when a picture of that id is already kept.</returns>
    public static bool Keep(JournalConnection db, EvidenceRow row, DateTimeOffset now) =>
        db.Execute(
            $"INSERT INTO evidence({Columns}, kept_at) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT(id) DO NOTHING",
            row.Id,
            row.IncidentId,
            row.MediaTime,
            row.Width,
            row.Height,
            row.Length,
            row.Sha256,
            row.Path,
            now.ToUnixTimeMilliseconds()) == 1;

    /// <summary>One picture's row; null when there is none.</summary>
    public static EvidenceRow? Find(JournalConnection db, string id) =>
        db.First($"SELECT {Columns} FROM evidence WHERE id = $1", Row, id);

    /// <summary>True when a file belongs to a row.</summary>
    public static bool Knows(JournalConnection db, string path) =>
        db.Scalar("SELECT 1 FROM evidence WHERE path = $1", path) is not null;

    /// <summary>Bytes of all pictures.</summary>
    public static long Bytes(JournalConnection db) => db.Scalar("SELECT total(length) FROM evidence") is double bytes ? (long)bytes : 0;

    /// <summary>The first path, that of the oldest day; null when there is none.</summary>
    public static string? FirstPath(JournalConnection db) => (string?)db.Scalar("SELECT min(path) FROM evidence");

    /// <summary>The last path, that of the newest day; null when there is none.</summary>
    public static string? LastPath(JournalConnection db) => (string?)db.Scalar("SELECT max(path) FROM evidence");

    /// <summary>Deletes the rows of the oldest pictures kept before a moment.</summary>
    public static List<EvidenceRow> PurgeOld(JournalConnection db, DateTimeOffset before, int max) =>
        Delete(db, db.Rows(
            $"SELECT {Columns} FROM evidence WHERE kept_at < $1 ORDER BY number LIMIT $2", Row, before.ToUnixTimeMilliseconds(), max));

    /// <summary>Deletes the rows of pictures whose incidents closed before a moment.</summary>
    public static List<EvidenceRow> PurgeOfIncidents(JournalConnection db, DateTimeOffset before, int max) =>
        Delete(db, db.Rows(
            $"SELECT {Columns} FROM evidence WHERE incident_id IN (SELECT id FROM incidents WHERE state = 1 AND closed_at < $1) LIMIT $2",
            Row,
            before.ToUnixTimeMilliseconds(),
            max));

    /// <summary>Deletes the rows of the oldest pictures until at least <paramref name="bytes"/> are gone, at most <paramref name="max"/>.</summary>
    public static List<EvidenceRow> Evict(JournalConnection db, long bytes, int max)
    {
        var rows = new List<EvidenceRow>();
        db.Each(
            $"SELECT {Columns} FROM evidence ORDER BY number LIMIT $1",
            reader =>
            {
                var row = Row(reader);
                rows.Add(row);
                bytes -= row.Length;
                return bytes > 0;
            },
            max);
        return Delete(db, rows);
    }

    private static List<EvidenceRow> Delete(JournalConnection db, List<EvidenceRow> rows)
    {
        foreach (var row in rows)
            db.Execute("DELETE FROM evidence WHERE id = $1", row.Id);
        return rows;
    }

    private static EvidenceRow Row(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetInt64(2),
        row.GetInt32(3),
        row.GetInt32(4),
        row.GetInt64(5),
        row.GetString(6),
        row.GetString(7));
}
