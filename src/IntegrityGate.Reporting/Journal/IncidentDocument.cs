using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Reporting.Journal;

/// <summary>An incident as the journal keeps it: JSON, so that it can be read with the sqlite3 shell at night.</summary>
internal static class IncidentDocument
{
    // Chinese text stays readable; the document is never put into HTML as it is.
    private static readonly JournalJson _json = new(
        new JsonSerializerOptions(JournalJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes an incident.</summary>
    public static string Write(Incident incident) => JsonSerializer.Serialize(incident, _json.Incident);

    /// <summary>Reads an incident.</summary>
    /// <exception cref="JournalException">The text is no incident.</exception>
    public static Incident Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, _json.Incident) ?? throw new JournalException("an incident in the journal is null");
        }
        catch (JsonException exception)
        {
            throw new JournalException($"an incident in the journal cannot be read: {exception.Message}", exception);
        }
    }
}
