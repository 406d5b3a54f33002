using IntegrityGate.Evaluating.Trials;

namespace IntegrityGate.Evaluating;

/// <summary>Everything that was measured, before any figure is made of it.</summary>
/// <param name="Scores">Every item at every rate, in the order of items and rates.</param>
/// <param name="Streams">Every stream at every rate.</param>
internal sealed record Measurements(IReadOnlyList<ItemScore> Scores, IReadOnlyList<StreamTrial> Streams);
