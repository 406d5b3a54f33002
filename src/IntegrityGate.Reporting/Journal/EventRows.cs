using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Reporting.Journal;

/// <summary>The table of events.</summary>
internal static class EventRows
{
    /// <summary>Most rows one read looks at: a filter that lets little through must not hold a read open for long.</summary>
    private const int MaxScan = 4096;

    /// <summary>Characters of JSON after which a read stops: about 1 MiB on the wire.</summary>
    private const int MaxCharacters = 1 << 20;

    /// <summary>Appends a change: the event, and the incident's latest state.</summary>
    /// <returns>The event's cursor.</returns>
    public static long Append(JournalConnection db, IncidentChange change, DateTimeOffset now)
    {
        var incident = change.Incident;

        // A review belongs to the journal: the judge, which may not have heard of the newest yet, must not write it away.
        if (IncidentRows.Review(db, incident.Id) is { } review && (incident.Review is null || incident.Review.At < review.At))
            incident = incident with { Review = review };

        var text = IncidentDocument.Write(incident);
        var writtenAt = now.ToUnixTimeMilliseconds();
        db.Execute(
            "INSERT INTO events(written_at, kind, stream, violation, severity, incident) VALUES($1, $2, $3, $4, $5, $6)",
            writtenAt,
            (int)change.Kind,
            incident.Stream.Value,
            incident.Violation,
            (int)incident.Severity,
            text);
        var cursor = (long)db.Scalar("SELECT last_insert_rowid()")!;
        IncidentRows.Keep(db, cursor, change.Kind, writtenAt, incident, text);
        return cursor;
    }

    /// <summary>Reads on after a cursor, at most <paramref name="max"/> events.</summary>
    /// <exception cref="CursorOutOfRangeException">They were purged, or the cursor lies ahead.</exception>
    public static EventBatch Read(JournalConnection db, long after, int max, EventFilter filter)
    {
        var purged = PurgedThrough(db);
        var latest = Latest(db);
        if (after < purged || after > latest)
            throw new CursorOutOfRangeException(after, purged + 1, latest);

        var events = new List<JournalEvent>();
        var scanned = after;
        var characters = 0;
        db.Each(
            "SELECT cursor, written_at, kind, stream, violation, severity, incident FROM events WHERE cursor > $1 ORDER BY cursor LIMIT $2",
            row =>
            {
                scanned = row.GetInt64(0);
                if (!filter.Passes(row.GetString(3), row.GetString(4), (Severity)row.GetInt32(5)))
                    return true;
                var text = row.GetString(6);
                characters += text.Length;
                events.Add(Event(scanned, row.GetInt32(2), text, row.GetInt64(1)));
                return events.Count < max && characters < MaxCharacters;
            },
            after,
            Math.Max(max, MaxScan));
        return new EventBatch(events, scanned);
    }

    /// <summary>Reads the last events of incidents that are open, by cursor.</summary>
    public static EventBatch ReadOpen(JournalConnection db, long after, long through, int max)
    {
        var events = db.Rows(
            """
            SELECT last_cursor, last_written_at, last_kind, incident FROM incidents
            WHERE state = 0 AND last_cursor > $1 AND last_cursor <= $2 ORDER BY last_cursor LIMIT $3
            """,
            row => Event(row.GetInt64(0), row.GetInt32(2), row.GetString(3), row.GetInt64(1)),
            after,
            through,
            max);
        return new EventBatch(events, events.Count < max ? through : events[^1].Cursor);
    }

    /// <summary>Newest cursor ever given; 0 when none was.</summary>
    public static long Latest(JournalConnection db) =>
        db.Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'events'") is long latest ? latest : 0;

    /// <summary>Everything up to this cursor was purged; 0 when nothing was.</summary>
    public static long PurgedThrough(JournalConnection db) =>
        db.Scalar("SELECT value FROM meta WHERE name = 'purged_through'") is long purged ? purged : 0;

    /// <summary>Deletes the oldest events as far as they were written before a moment; always a run from the beginning.</summary>
    /// <returns>Rows deleted, and up to which cursor everything is purged now.</returns>
    public static (int Rows, long Through) Purge(JournalConnection db, DateTimeOffset before, int max)
    {
        var cutoff = before.ToUnixTimeMilliseconds();
        var through = PurgedThrough(db);
        db.Each(
            "SELECT cursor, written_at FROM events ORDER BY cursor LIMIT $1",
            row =>
            {
                if (row.GetInt64(1) >= cutoff)
                    return false;
                through = row.GetInt64(0);
                return true;
            },
            max);
        var rows = db.Execute("DELETE FROM events WHERE cursor <= $1", through);
        if (rows > 0)
            db.Execute("INSERT INTO meta(name, value) VALUES('purged_through', $1) ON CONFLICT(name) DO UPDATE SET value = $1", through);
        return (rows, through);
    }

    private static JournalEvent Event(long cursor, int kind, string text, long writtenAt) =>
        new(cursor, (IncidentChangeKind)kind, IncidentDocument.Read(text), DateTimeOffset.FromUnixTimeMilliseconds(writtenAt));
}
