namespace IntegrityGate.Evaluating.Cards;

/// <summary>A run beside the model's card.</summary>
/// <param name="Set">The card's set whose sources are most like the run's unseen ones.</param>
/// <param name="Rows">The figures; empty when nothing can be compared.</param>
/// <param name="Differences">In what the two measured differently: why figures may deviate.</param>
internal sealed record CardComparison(string Set, IReadOnlyList<CardRow> Rows, IReadOnlyList<string> Differences)
{
    /// <summary>True when every leading figure agrees; null when there is none.</summary>
    public bool? Agrees => Rows.Any(r => r.IsLeading) ? Rows.Where(r => r.IsLeading).All(r => r.Agrees) : null;
}
