namespace IntegrityGate.Evaluating.Cards;

/// <summary>A row of a card: shares of a set's items at or above the model's levels, 0 to 1.</summary>
/// <param name="Set">The card's name of the set.</param>
/// <param name="RealAboveReview">Real items, review level.</param>
/// <param name="SyntheticAboveReview">Synthetic items, review level.</param>
/// <param name="RealAboveStamp">Real items, stamp level.</param>
/// <param name="SyntheticAboveStamp">Synthetic items, stamp level.</param>
internal sealed record CardLevels(string Set, double RealAboveReview, double SyntheticAboveReview, double RealAboveStamp, double SyntheticAboveStamp);
