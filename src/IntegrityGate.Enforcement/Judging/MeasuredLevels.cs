using IntegrityGate.Core.Evidence;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>Levels that were chosen for a model by an operator's budget of false alarms; another model's scores are not on their scale.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Levels">The levels. A stamp level of infinity is never reached: the detector alone then stamps nothing.</param>
public sealed record MeasuredLevels(string Model, string Version, DetectorLevels Levels)
{
    /// <summary>The levels that hold for a score.</summary>
    /// <param name="score">The score, with its model's own levels.</param>
    public DetectorLevels For(SyntheticScore score) =>
        score.Model is { } model && model.Name == Model && model.Version == Version ? Levels : score.Levels;
}
