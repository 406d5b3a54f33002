using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Reporting.Journal;
using Microsoft.Data.Sqlite;

namespace IntegrityGate.Reporting.Declarations;

/// <summary>The table of declarations.</summary>
internal static class DeclarationRows
{
    private const string Columns =
        """
        id, stream, session, attribute, from_media, from_clock, until_media, until_clock, declared_by, agreement, declared_at,
        withdrawn_at, withdrawn_by, withdrawn_why, ended_at
        """;

    /// <summary>Not withdrawn, its session not over, and its end on the wall clock, if it has one, not passed: <c>$2</c> is now.</summary>
    private const string Standing = "withdrawn_at IS NULL AND ended_at IS NULL AND (until_clock IS NULL OR until_clock > $2)";

    /// <summary>Keeps a declaration.</summary>
    public static void Add(JournalConnection db, Declaration declaration, string idempotencyKey) =>
        db.Execute(
            $"""
            INSERT INTO declarations({Columns}, idempotency_key)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, '', '', NULL, $12)
            """,
            declaration.Id,
            declaration.Stream.Value,
            declaration.SessionId,
            (int)declaration.Attribute,
            declaration.From?.Media?.Milliseconds,
            declaration.From?.Clock?.ToUnixTimeMilliseconds(),
            declaration.Until?.Media?.Milliseconds,
            declaration.Until?.Clock?.ToUnixTimeMilliseconds(),
            declaration.By,
            declaration.Agreement,
            declaration.DeclaredAt.ToUnixTimeMilliseconds(),
            idempotencyKey.Length > 0 ? idempotencyKey : null);

    /// <summary>One declaration; null when there is none.</summary>
    public static Declaration? Find(JournalConnection db, string id) =>
        db.First($"SELECT {Columns} FROM declarations WHERE id = $1", Row, id);

    /// <summary>The declaration that an idempotency key stands for; null when there is none.</summary>
    public static Declaration? FindByKey(JournalConnection db, StreamId stream, string key) =>
        db.First($"SELECT {Columns} FROM declarations WHERE stream = $1 AND idempotency_key = $2", Row, stream.Value, key);

    /// <summary>How many declarations of a stream stand.</summary>
    public static long CountStanding(JournalConnection db, StreamId stream, DateTimeOffset now) =>
        (long)db.Scalar($"SELECT count(*) FROM declarations WHERE stream = $1 AND {Standing}", stream.Value, now.ToUnixTimeMilliseconds())!;

    /// <summary>A session has come: gives it the declarations that waited for it, and ends those of sessions before it.</summary>
    public static void Begin(JournalConnection db, StreamId stream, string session, DateTimeOffset now)
    {
        db.Execute(
            """
            UPDATE declarations SET session = $2 WHERE stream = $1 AND withdrawn_at IS NULL AND session = ''
            AND (from_media IS NOT NULL OR until_media IS NOT NULL)
            """,
            stream.Value,
            session);
        db.Execute(
            "UPDATE declarations SET ended_at = $3 WHERE stream = $1 AND withdrawn_at IS NULL AND ended_at IS NULL AND session NOT IN ('', $2)",
            stream.Value,
            session,
            now.ToUnixTimeMilliseconds());
    }

    /// <summary>True when a session that has come has something to begin with: see <see cref="Begin"/>.</summary>
    public static bool Awaits(JournalConnection db, StreamId stream, string session) =>
        db.Scalar(
            """
            SELECT 1 FROM declarations WHERE stream = $1 AND withdrawn_at IS NULL AND ended_at IS NULL AND session <> $2
            AND (session <> '' OR from_media IS NOT NULL OR until_media IS NOT NULL) LIMIT 1
            """,
            stream.Value,
            session) is not null;

    /// <summary>The declarations that stand for a session, the oldest first.</summary>
    public static List<Declaration> For(JournalConnection db, StreamId stream, string session, DateTimeOffset now) =>
        db.Rows(
            $"SELECT {Columns} FROM declarations WHERE stream = $1 AND {Standing} AND session IN ('', $3) ORDER BY number",
            Row,
            stream.Value,
            now.ToUnixTimeMilliseconds(),
            session);

    /// <summary>Takes a declaration back.</summary>
    public static void Withdraw(JournalConnection db, string id, string by, string why, DateTimeOffset now) =>
        db.Execute(
            "UPDATE declarations SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_why = $4 WHERE id = $1",
            id,
            now.ToUnixTimeMilliseconds(),
            by,
            why);

    /// <summary>A page of declarations whose numbers lie before <paramref name="before"/>, the newest first.</summary>
    public static DeclarationPage List(JournalConnection db, string stream, bool isEndedToo, int size, long before, DateTimeOffset now)
    {
        var last = 0L;
        var rows = db.Rows(
            $"""
            SELECT {Columns}, number FROM declarations
            WHERE number < $1 AND ($5 OR {Standing}) AND ($3 = '' OR stream = $3) ORDER BY number DESC LIMIT $4
            """,
            row => (Declaration: Row(row), Number: row.GetInt64(15)),
            before,
            now.ToUnixTimeMilliseconds(),
            stream,
            size + 1,
            isEndedToo);
        var declarations = new List<Declaration>(rows.Count);
        foreach (var (declaration, number) in rows.Take(size))
        {
            declarations.Add(declaration);
            last = number;
        }

        return new DeclarationPage(declarations, rows.Count > size ? last : null);
    }

    /// <summary>Deletes declarations that ended before a moment.</summary>
    /// <returns>Rows deleted.</returns>
    public static int Purge(JournalConnection db, DateTimeOffset before, int max) =>
        db.Execute(
            """
            DELETE FROM declarations WHERE number IN (
                SELECT number FROM declarations WHERE withdrawn_at < $1 OR ended_at < $1 OR until_clock < $1 LIMIT $2)
            """,
            before.ToUnixTimeMilliseconds(),
            max);

    private static Declaration Row(SqliteDataReader row) => new(
        row.GetString(0),
        new StreamId(row.GetString(1)),
        row.GetString(2),
        (AigcAttribute)row.GetInt32(3),
        Moment(row, 4),
        Moment(row, 6),
        row.GetString(8),
        row.GetString(9),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10)),
        Time(row, 11),
        row.GetString(12),
        row.GetString(13),
        Time(row, 14));

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static DeclarationMoment? Moment(SqliteDataReader row, int column)
    {
        if (!row.IsDBNull(column))
            return DeclarationMoment.AtMedia(new MediaTime(row.GetInt64(column)));
        return Time(row, column + 1) is { } clock ? DeclarationMoment.AtClock(clock) : null;
    }
}
