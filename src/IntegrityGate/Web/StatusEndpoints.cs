using IntegrityGate.Core.Streams;
using IntegrityGate.Reporting.Journal;
using IntegrityGate.Streams;

namespace IntegrityGate.Web;

/// <summary>What the page reads: streams, incidents, pictures. Nothing here changes anything.</summary>
internal static class StatusEndpoints
{
    private const int MaxIncidents = 200;

    public static void MapStatus(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api");
        api.MapGet("/streams", (StreamRegistry registry) => registry.Live.Select(StreamView.Of));
        api.MapGet("/streams/{id}/thumbnail.jpg", (string id, StreamRegistry registry) =>
            registry.Find(new StreamId(id))?.Watch.Thumbnail.Current is { } picture ? Results.Bytes(picture.Jpeg, "image/jpeg") : Results.NotFound());
        api.MapGet("/incidents", async (SqliteJournal journal, CancellationToken cancellationToken, int limit = 50) =>
            (await journal.ListIncidentsAsync(IncidentFilter.All, Math.Clamp(limit, 1, MaxIncidents), null, cancellationToken)).Incidents.Select(i => IncidentView.Of(i.Incident)));
        api.MapGet("/evidence/{id}.jpg", async (string id, SqliteJournal journal, CancellationToken cancellationToken) =>
            await journal.OpenEvidenceAsync(id, cancellationToken) is { } file ? Results.Stream(file.Content, file.ContentType) : Results.NotFound());
    }
}
