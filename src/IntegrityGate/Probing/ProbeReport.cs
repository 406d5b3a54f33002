using System.Text.Json;
using Spectre.Console;

namespace IntegrityGate.Probing;

/// <summary>What a probe found, step by step.</summary>
/// <param name="Server">What was probed; no stream name.</param>
/// <param name="Steps">In their order; the last one failed if any did.</param>
internal sealed record ProbeReport(string Server, IReadOnlyList<ProbeStep> Steps)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>True when every step went well.</summary>
    public bool IsOk => Steps.All(s => s.IsOk);

    /// <summary>As JSON; times in ms.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new { server = Server, ok = IsOk, steps = Steps.Select(s => new { stage = s.Stage, ok = s.IsOk, tookMs = Math.Round(s.Took.TotalMilliseconds, 1), detail = s.Detail }) }, s_json);

    /// <summary>As a table.</summary>
    public void Print(IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{Server}[/]");
        var table = new Table().RoundedBorder();
        table.AddColumn("Stage");
        table.AddColumn(new TableColumn("ms").RightAligned());
        table.AddColumn("");
        foreach (var step in Steps)
        {
            var detail = Markup.Escape(step.Detail);
            table.AddRow(Markup.Escape(step.Stage), step.Took.TotalMilliseconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture), step.IsOk ? detail : $"[red]{detail}[/]");
        }

        console.Write(table);
        console.MarkupLine(IsOk ? "[green]It works.[/]" : "[red]It does not work.[/]");
    }
}
