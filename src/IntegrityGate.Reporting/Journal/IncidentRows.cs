using System.Text;
using System.Text.Json;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using Microsoft.Data.Sqlite;

namespace IntegrityGate.Reporting.Journal;

/// <summary>The table of incidents in their latest state.</summary>
internal static class IncidentRows
{
    /// <summary>Characters of JSON after which a page ends: 1,000 large incidents must still fit a gRPC client's 4 MiB.</summary>
    private const int MaxCharacters = 2 << 20;

    /// <summary>Keeps the state that an event brings.</summary>
    public static void Keep(JournalConnection db, long cursor, IncidentChangeKind kind, long writtenAt, Incident incident, string text) =>
        db.Execute(
            """
            INSERT INTO incidents(first_cursor, id, last_cursor, last_kind, last_written_at, stream, rule, violation, severity, tier,
                state, opened_at, closed_at, incident, is_reviewed)
            VALUES($1, $2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT(id) DO UPDATE SET last_cursor = $1, last_kind = $3, last_written_at = $4, stream = $5, rule = $6,
                violation = $7, severity = $8, tier = $9, state = $10, opened_at = $11, closed_at = $12, incident = $13,
                is_reviewed = $14
            """,
            cursor,
            incident.Id,
            (int)kind,
            writtenAt,
            incident.Stream.Value,
            incident.Rule.Id,
            incident.Violation,
            (int)incident.Severity,
            (int)incident.Tier,
            (int)incident.State,
            incident.OpenedAt.ToUnixTimeMilliseconds(),
            incident.State == IncidentState.Closed ? (incident.ClosedAt ?? incident.UpdatedAt).ToUnixTimeMilliseconds() : null,
            text,
            incident.Review is not null);

    /// <summary>One incident; null when there is none.</summary>
    public static JournalIncident? Find(JournalConnection db, string id) =>
        db.First("SELECT first_cursor, last_cursor, incident FROM incidents WHERE id = $1", Incident, id);

    /// <summary>The review that is kept with an incident; null when there is none.</summary>
    public static Review? Review(JournalConnection db, string id) =>
        db.First("SELECT first_cursor, last_cursor, incident FROM incidents WHERE id = $1 AND is_reviewed", Incident, id)?.Incident.Review;

    /// <summary>Incidents that are open, by cursor of their first event.</summary>
    public static List<Incident> Open(JournalConnection db) =>
        db.Rows("SELECT first_cursor, last_cursor, incident FROM incidents WHERE state = 0 ORDER BY first_cursor", row => Incident(row).Incident);

    /// <summary>A page of incidents whose first cursor lies before <paramref name="before"/>, the newest first.</summary>
    public static IncidentPage List(JournalConnection db, IncidentFilter filter, int size, long before)
    {
        var sql = new StringBuilder("SELECT first_cursor, last_cursor, incident FROM incidents WHERE first_cursor < $1");
        var arguments = new List<object?> { before };
        AndIn("stream", filter.Streams);
        AndIn("rule", filter.Rules);
        AndIn("violation", filter.Violations);
        if (filter.State is { } state)
            And("state =", (int)state);
        if (filter.MinimumSeverity > Severity.Info)
            And("severity >=", (int)filter.MinimumSeverity);
        if (filter.MinimumTier > Tier.None)
            And("tier >=", (int)filter.MinimumTier);
        if (filter.OpenedFrom is { } from)
            And("opened_at >=", from.ToUnixTimeMilliseconds());
        if (filter.OpenedBefore is { } until)
            And("opened_at <", until.ToUnixTimeMilliseconds());
        arguments.Add(size + 1);
        sql.Append(" ORDER BY first_cursor DESC LIMIT $").Append(arguments.Count);

        var incidents = new List<JournalIncident>();
        var characters = 0;
        var isMore = false;
        db.Each(
            sql.ToString(),
            row =>
            {
                if (incidents.Count == size || characters >= MaxCharacters)
                {
                    isMore = true;
                    return false;
                }

                var incident = Incident(row);
                characters += row.GetString(2).Length;
                incidents.Add(incident);
                return true;
            },
            [.. arguments]);
        return new IncidentPage(incidents, isMore ? incidents[^1].FirstCursor : null);

        void And(string condition, object value)
        {
            arguments.Add(value);
            sql.Append(" AND ").Append(condition).Append(" $").Append(arguments.Count);
        }

        void AndIn(string column, IReadOnlyList<string> values)
        {
            if (values.Count == 0)
                return;
            arguments.Add(JsonSerializer.Serialize(values, JournalJson.Default.IReadOnlyListString));
            sql.Append(" AND ").Append(column).Append(" IN (SELECT value FROM json_each($").Append(arguments.Count).Append("))");
        }
    }

    /// <summary>Deletes incidents that closed before a moment and whose pictures are gone.</summary>
    /// <returns>Rows deleted.</returns>
    public static int Purge(JournalConnection db, DateTimeOffset before, int max) =>
        db.Execute(
            """
            DELETE FROM incidents WHERE first_cursor IN (
                SELECT first_cursor FROM incidents i WHERE state = 1 AND closed_at < $1
                AND NOT EXISTS (SELECT 1 FROM evidence WHERE incident_id = i.id) LIMIT $2)
            """,
            before.ToUnixTimeMilliseconds(),
            max);

    private static JournalIncident Incident(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), IncidentDocument.Read(row.GetString(2)));
}
