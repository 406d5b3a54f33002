using System.Text.Json;
using IntegrityGate.Detection.Models;

namespace IntegrityGate.Evaluating.Cards;

/// <summary>The figures that a model's maker measured: the field <c>measured</c> of its model.json.</summary>
/// <param name="Groups">Sets at rates.</param>
/// <param name="Levels">Sets at the levels.</param>
/// <param name="Sources">Sources.</param>
internal sealed record CardFigures(IReadOnlyList<CardGroup> Groups, IReadOnlyList<CardLevels> Levels, IReadOnlyList<CardSource> Sources)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Reads them.</summary>
    /// <param name="document">The model.json.</param>
    /// <returns>The figures; null when it has none.</returns>
    /// <exception cref="ModelPackException">It has the field in another form.</exception>
    public static CardFigures? Read(string document)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(document));
            return json.RootElement.TryGetProperty("measured", out var measured) ? measured.Deserialize<CardFigures>(s_json) : null;
        }
        catch (JsonException exception)
        {
            throw new ModelPackException([$"{document}: measured: {exception.Message}"]);
        }
    }
}
