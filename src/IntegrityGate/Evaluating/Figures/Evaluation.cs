using IntegrityGate.Core.Evidence;
using IntegrityGate.Evaluating.Cards;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Trials;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>What an evaluation found: everything that its reports say.</summary>
internal sealed record Evaluation
{
    /// <summary>The model.</summary>
    public required ModelReference Model { get; init; }

    /// <summary>The weights that ran: <c>fp32</c> or <c>int8</c>.</summary>
    public required string Variant { get; init; }

    /// <summary>The model's levels.</summary>
    public required DetectorLevels Levels { get; init; }

    /// <summary>Lists and folders, as given.</summary>
    public required IReadOnlyList<string> Sets { get; init; }

    /// <summary>Items, and those left out because another has the same bytes.</summary>
    public required (int Items, int Duplicates) Size { get; init; }

    /// <summary>The rates.</summary>
    public required IReadOnlyList<StreamRate> Rates { get; init; }

    /// <summary>Least length to which clips of a source were joined; zero when none were.</summary>
    public required TimeSpan Join { get; init; }

    /// <summary>Seed of the bootstrap.</summary>
    public required int Seed { get; init; }

    /// <summary>Exposures and rates, unseen sources first.</summary>
    public required IReadOnlyList<GroupFigures> Groups { get; init; }

    /// <summary>Sources, unseen ones first.</summary>
    public required IReadOnlyList<SourceFigures> Sources { get; init; }

    /// <summary>Streams, unseen sources first.</summary>
    public required IReadOnlyList<StreamFigures> Streams { get; init; }

    /// <summary>The cascade beside all views, unseen sources first; empty when it was not asked for.</summary>
    public IReadOnlyList<CascadeFigures> Cascade { get; init; } = [];

    /// <summary>The figures beside the model's card; null when the model.json has none.</summary>
    public required CardComparison? Card { get; init; }

    /// <summary>Levels for a budget; null when none was given.</summary>
    public required LevelAdvice? Advice { get; init; }

    /// <summary>What was measured.</summary>
    public required Measurements Measurements { get; init; }

    /// <summary>Items that could not be read, once each.</summary>
    public IEnumerable<(EvaluationItem Item, string Why)> Failures => Measurements.Scores
        .Where(s => s.Outcome == LookOutcome.Failed)
        .GroupBy(s => s.Item.Path, StringComparer.Ordinal)
        .Select(g => (g.First().Item, g.First().Note ?? ""));
}
