namespace IntegrityGate.Reporting.Journal;

/// <summary>The database's schema as a row of migrations; <c>PRAGMA user_version</c> says how many were applied.</summary>
internal static class JournalSchema
{
    /// <summary>Marks the file as ours (<c>PRAGMA application_id</c>): the letters IGJ and the number 1.</summary>
    public const int ApplicationId = 0x49474A31;

    /// <summary>
    /// The migrations in order; what was released never changes. Times are Unix milliseconds, media times milliseconds,
    /// enums their numbers, incidents JSON.
    /// </summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        // 1. AUTOINCREMENT: a cursor is never given twice, even after the newest event was purged (SQLite "Autoincrement" 3).
        //    An incident's row id is the cursor of its first event, so the order of the list is the order of the table.
        """
        CREATE TABLE meta(
            name TEXT PRIMARY KEY NOT NULL,
            value ANY NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE events(
            cursor INTEGER PRIMARY KEY AUTOINCREMENT,
            written_at INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            stream TEXT NOT NULL,
            violation TEXT NOT NULL,
            severity INTEGER NOT NULL,
            incident TEXT NOT NULL) STRICT;

        CREATE TABLE incidents(
            first_cursor INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            last_cursor INTEGER NOT NULL,
            last_kind INTEGER NOT NULL,
            last_written_at INTEGER NOT NULL,
            stream TEXT NOT NULL,
            rule TEXT NOT NULL,
            violation TEXT NOT NULL,
            severity INTEGER NOT NULL,
            tier INTEGER NOT NULL,
            state INTEGER NOT NULL,
            opened_at INTEGER NOT NULL,
            closed_at INTEGER,
            is_reviewed INTEGER NOT NULL,
            incident TEXT NOT NULL) STRICT;
        CREATE INDEX incidents_open ON incidents(last_cursor) WHERE state = 0;
        CREATE INDEX incidents_closed ON incidents(closed_at) WHERE state = 1;
        CREATE INDEX incidents_stream ON incidents(stream, first_cursor);
        CREATE INDEX incidents_opened ON incidents(opened_at);

        CREATE TABLE evidence(
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            incident_id TEXT NOT NULL REFERENCES incidents(id),
            kept_at INTEGER NOT NULL,
            media_time INTEGER NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            length INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            path TEXT NOT NULL UNIQUE) STRICT;
        CREATE INDEX evidence_incident ON evidence(incident_id);

        CREATE TABLE declarations(
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            stream TEXT NOT NULL,
            session TEXT NOT NULL,
            attribute INTEGER NOT NULL,
            from_media INTEGER,
            from_clock INTEGER,
            until_media INTEGER,
            until_clock INTEGER,
            declared_by TEXT NOT NULL,
            agreement TEXT NOT NULL,
            idempotency_key TEXT,
            declared_at INTEGER NOT NULL,
            withdrawn_at INTEGER,
            withdrawn_by TEXT NOT NULL,
            withdrawn_why TEXT NOT NULL,
            ended_at INTEGER) STRICT;
        CREATE UNIQUE INDEX declarations_key ON declarations(stream, idempotency_key);
        CREATE INDEX declarations_standing ON declarations(stream) WHERE withdrawn_at IS NULL AND ended_at IS NULL;

        CREATE TABLE audit(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            who TEXT NOT NULL,
            why TEXT NOT NULL,
            action TEXT NOT NULL,
            stream TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            outcome INTEGER NOT NULL,
            outcome_detail TEXT NOT NULL) STRICT;
        CREATE INDEX audit_stream ON audit(stream, id);
        CREATE INDEX audit_at ON audit(at);
        """,
    ];

    /// <summary>Applies what is missing, each migration in its own transaction.</summary>
    /// <exception cref="JournalException">The file belongs to another program or to a newer gate.</exception>
    public static void Migrate(JournalConnection db, string file)
    {
        var application = Convert.ToInt64(db.Scalar("PRAGMA application_id"), null);
        var version = Convert.ToInt32(db.Scalar("PRAGMA user_version"), null);
        var isEmpty = db.Scalar("SELECT 1 FROM sqlite_schema LIMIT 1") is null;
        if (!isEmpty && application != ApplicationId)
            throw new JournalException($"{file}: is an SQLite file of another program; choose another journal folder");
        if (version > Migrations.Count)
            throw new JournalException($"{file}: was written by a newer version (schema {version}, this one knows {Migrations.Count})");

        for (; version < Migrations.Count; version++)
        {
            db.Execute("BEGIN IMMEDIATE");
            db.Execute($"PRAGMA application_id = {ApplicationId}");
            db.Execute(Migrations[version]);
            db.Execute($"PRAGMA user_version = {version + 1}");
            db.Execute("COMMIT");
        }
    }
}
