using Microsoft.Data.Sqlite;

namespace IntegrityGate.Reporting.Journal;

/// <summary>Opens the database file and makes sure that it is ours, sound and writable.</summary>
internal static class JournalOpening
{
    /// <summary>Takes the folder for this process; the lock goes with the process, however it ends.</summary>
    /// <exception cref="JournalException">Another process has it, or the folder cannot be written.</exception>
    public static FileStream Lock(JournalOptions options)
    {
        var file = Path.Combine(options.Folder, "journal.lock");
        try
        {
            Directory.CreateDirectory(options.Folder);
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new JournalException($"{options.Folder}: the journal's folder cannot be written: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            var reason = File.Exists(file) ? "the journal is in use by another process" : "the journal's folder cannot be written";
            throw new JournalException($"{options.Folder}: {reason}: {exception.Message}", exception);
        }
    }

    /// <summary>Opens the writer's connection.</summary>
    /// <exception cref="JournalException">The file is damaged, of another program, of a newer version, or cannot be written.</exception>
    public static JournalConnection Open(JournalOptions options)
    {
        JournalConnection? db = null;
        try
        {
            db = JournalConnection.Open(options, writer: true);
            Prepare(db, options);
            return db;
        }
        catch (SqliteException exception)
        {
            db?.Dispose();
            throw new JournalException($"{options.DatabaseFile}: {Reason(exception)}", exception);
        }
        catch
        {
            db?.Dispose();
            throw;
        }
    }

    private static void Prepare(JournalConnection db, JournalOptions options)
    {
        // Before the first table is made, or it has no effect: lets a purge give space back to the disk.
        db.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        if (db.Scalar("PRAGMA journal_mode = WAL") is not "wal")
            throw new JournalException($"{options.DatabaseFile}: the file system does not allow a write-ahead log");
        db.Execute($"PRAGMA synchronous = {(options.Durability == JournalDurability.Full ? "FULL" : "NORMAL")}");
        if (options.CheckAtOpen && db.Scalar("PRAGMA quick_check(1)") is string verdict && verdict != "ok")
            throw new JournalException($"{options.DatabaseFile}: is damaged: {verdict.ReplaceLineEndings(" ")}; restore it from a backup or move it away");
        JournalSchema.Migrate(db, options.DatabaseFile);
        var pageBytes = (long)db.Scalar("PRAGMA page_size")!;
        db.Scalar($"PRAGMA max_page_count = {options.MaxDatabaseBytes / pageBytes}");
        db.Execute("INSERT INTO meta(name, value) VALUES('journal_id', $1) ON CONFLICT(name) DO NOTHING", Guid.NewGuid().ToString("N"));

        // Proves that the disk takes a write now, not at the first incident.
        db.Execute("INSERT INTO meta(name, value) VALUES('opened', 1) ON CONFLICT(name) DO UPDATE SET value = value + 1");
    }

    private static string Reason(SqliteException exception) => exception.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB =>
            $"is damaged or no SQLite file: {exception.Message}; restore it from a backup or move it away",
        SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM =>
            $"cannot be written: {exception.Message}",
        SQLitePCL.raw.SQLITE_FULL => $"the disk is full: {exception.Message}",
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => $"is locked by another program: {exception.Message}",
        _ => exception.Message,
    };
}
