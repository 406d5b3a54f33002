using System.Text.Json;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Evaluating.Cards;

namespace IntegrityGate.Budgeting;

/// <summary>What is known of a model's false alarms: from its card, or from an eval run.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Own">The levels in its model.json.</param>
/// <param name="Known">Levels with the share of real items above them, the largest among the sets or rates; by level.</param>
/// <param name="LabelsPerThousandHours">95 % upper bound of false labels in 1,000 stream-hours at <paramref name="Counted"/>; null when no clip was counted.</param>
/// <param name="Counted">The stamp level at which streams were counted.</param>
internal sealed record BudgetFigures(
    string Model, string Version, DetectorLevels Own, IReadOnlyList<(double Level, double Share)> Known, double? LabelsPerThousandHours, double Counted)
{
    /// <summary>Reads a model's card: the fields <c>levels</c> and <c>measured</c> of its model.json.</summary>
    /// <exception cref="FormatException">It has not what is needed; says what.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BudgetFigures OfCard(string document)
    {
        using var json = Parse(document);
        try
        {
            var levels = json.RootElement.GetProperty("levels");
            var own = new DetectorLevels(levels.GetProperty("review").GetDouble(), levels.GetProperty("stamp").GetDouble());
            var rows = CardFigures.Read(document)?.Levels ?? [];
            return new BudgetFigures(
                json.RootElement.GetProperty("name").GetString()!,
                json.RootElement.GetProperty("version").GetString()!,
                own,
                rows.Count == 0 ? [] : [(own.Review, rows.Max(row => row.RealAboveReview)), (own.Stamp, rows.Max(row => row.RealAboveStamp))],
                null,
                own.Stamp);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or Detection.Models.ModelPackException)
        {
            throw new FormatException($"{document} is no model with a card: {exception.Message}");
        }
    }

    /// <summary>Reads a report of an eval run.</summary>
    /// <param name="report">The report (JSON).</param>
    /// <param name="card">The card of the model that runs: the report must be of that model.</param>
    /// <exception cref="FormatException">It has not what is needed; says what.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BudgetFigures OfReport(string report, BudgetFigures card)
    {
        using var json = Parse(report);
        try
        {
            var root = json.RootElement;
            var model = root.GetProperty("model");
            var (name, version) = (model.GetProperty("name").GetString(), model.GetProperty("version").GetString());
            if (name != card.Model || version != card.Version)
                throw new FormatException($"{report} is of {name} {version}, and {card.Model} {card.Version} runs");
            List<(double, double)> known = [];
            if (root.GetProperty("advice") is { ValueKind: JsonValueKind.Object } advice && advice.GetProperty("review") is { ValueKind: JsonValueKind.Number } review)
                known.Add((review.GetDouble(), advice.GetProperty("flagged").GetDouble()));
            var bounds = root.GetProperty("streams").EnumerateArray()
                .Where(stream => stream.GetProperty("exposure").GetString() == "unseen" && stream.GetProperty("realHours").GetDouble() > 0)
                .Select(stream => stream.GetProperty("falseLabelsPerHourBound"))
                .Where(bound => bound.ValueKind == JsonValueKind.Number)
                .Select(bound => bound.GetDouble() * 1000)
                .ToArray();
            return card with
            {
                Known = known,
                LabelsPerThousandHours = bounds.Length == 0 ? null : bounds.Max(),
                Counted = root.GetProperty("levels").GetProperty("stamp").GetDouble(),
            };
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{report} is no report of integritygate eval: {exception.Message}");
        }
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{path} is no JSON: {exception.Message}");
        }
    }
}
