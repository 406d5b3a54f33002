namespace IntegrityGate.Evaluating.Cards;

/// <summary>A row of a card: one source.</summary>
/// <param name="Set">The card's name of the set.</param>
/// <param name="Source">The source's name on the card.</param>
/// <param name="Class"><c>ai</c> or <c>real</c>.</param>
/// <param name="Frames">Frames measured.</param>
/// <param name="Mean">Their mean score.</param>
/// <param name="Alias">Another name under which sets have it; null for none.</param>
internal sealed record CardSource(string Set, string Source, string Class, int Frames, double Mean, string? Alias = null);
