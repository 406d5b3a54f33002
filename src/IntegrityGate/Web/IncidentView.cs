using System.Text.Json;
using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Web;

/// <summary>An incident as the page and a scan show it.</summary>
internal sealed record IncidentView(
    string Id,
    string Stream,
    string Rule,
    string Clause,
    string Violation,
    string Tier,
    string Severity,
    string State,
    string Action,
    string Message,
    string CloseReason,
    DateTimeOffset OpenedAt,
    long MediaFromMs,
    long MediaUntilMs,
    IReadOnlyList<string> Evidence)
{
    /// <summary>What it rests on, sample by sample where the detector spoke.</summary>
    public IReadOnlyList<FactView> Facts { get; init; } = [];

    public static IncidentView Of(Incident incident) => new(
        incident.Id,
        incident.Stream.Value,
        incident.Rule.Id,
        incident.Rule.Clause,
        incident.Violation,
        Name(incident.Tier),
        Name(incident.Severity),
        Name(incident.State),
        Name(incident.Action),
        incident.Message,
        incident.CloseReason,
        incident.OpenedAt,
        incident.MediaFrom.Milliseconds,
        incident.MediaUntil.Milliseconds,
        incident.EvidenceIds)
    {
        Facts = [.. incident.Facts.Select(FactView.Of)],
    };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
