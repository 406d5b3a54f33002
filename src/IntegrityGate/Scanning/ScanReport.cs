using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Time;
using IntegrityGate.Web;
using Spectre.Console;

namespace IntegrityGate.Scanning;

/// <summary>What a scan found.</summary>
/// <param name="Input">File or URL, as given.</param>
/// <param name="Verdict">The last verdict.</param>
/// <param name="Looks">Frames looked at.</param>
/// <param name="Until">Media time of the last look.</param>
/// <param name="Incidents">In the order of their opening.</param>
internal sealed record ScanReport(string Input, Verdict Verdict, int Looks, MediaTime Until, IReadOnlyList<Incident> Incidents)
{
    // Chinese wording stays readable; nothing of this goes into HTML.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True when a duty is not met; a finding for review alone is none.</summary>
    public bool HasViolations => Incidents.Any(i => i.Severity >= Severity.Violation);

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            input = Input,
            looks = Looks,
            untilMs = Until.Milliseconds,
            verdict = new { tier = Verdict.Tier.ToString().ToLowerInvariant(), basis = JsonNamingPolicy.CamelCase.ConvertName(Verdict.Basis.ToString()), summary = Verdict.Summary },
            violations = HasViolations,
            incidents = Incidents.Select(IncidentView.Of),
        },
        s_json);

    /// <summary>As a table of findings by time.</summary>
    public void Print(IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{Input}[/]: {Looks} frames looked at up to {Until}. {Verdict.Summary}");
        if (Incidents.Count == 0)
        {
            console.MarkupLine("[green]No finding.[/]");
            return;
        }

        var table = new Table().RoundedBorder();
        foreach (var title in (string[])["From", "Until", "Finding", "Tier", "Severity", "What"])
            table.AddColumn(new TableColumn(title) { NoWrap = title != "What" });
        foreach (var incident in Incidents.OrderBy(i => i.MediaFrom))
        {
            var evidence = incident.EvidenceIds.Count == 0 ? "" : "\nevidence " + string.Join(", ", incident.EvidenceIds);
            table.AddRow(
                Markup.Escape(incident.MediaFrom.ToString()),
                Markup.Escape(incident.MediaUntil.ToString()),
                Markup.Escape(incident.Violation),
                Markup.Escape(incident.Tier.ToString().ToLowerInvariant()),
                incident.Severity >= Severity.Violation ? "[red]violation[/]" : "[yellow]" + Markup.Escape(incident.Severity.ToString().ToLowerInvariant()) + "[/]",
                Markup.Escape($"{incident.Message}\n{incident.Rule.Clause}{evidence}"));
        }

        console.Write(table);
    }
}
