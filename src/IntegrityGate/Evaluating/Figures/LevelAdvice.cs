using IntegrityGate.Evaluating.Statistics;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>Levels for a budget, and how far the set supports them.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Review">Review level: the lowest at which no rate has a larger share of real items above, sources weighted alike; null when the set has none.</param>
/// <param name="ReviewInterval">95 % interval over the real sources at the rate that decides; null with a single source.</param>
/// <param name="Stamp">Stamp level: above every real item at every rate; null when the set has none.</param>
/// <param name="SyntheticAboveReview">Least share of synthetic items above that review level among the rates; null without any.</param>
/// <param name="SyntheticAboveStamp">The same for the stamp level.</param>
/// <param name="Support">What the set can and cannot support, in sentences.</param>
internal sealed record LevelAdvice(
    LevelBudget Budget, double? Review, Interval? ReviewInterval, double? Stamp, double? SyntheticAboveReview, double? SyntheticAboveStamp, IReadOnlyList<string> Support);
