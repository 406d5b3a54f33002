namespace IntegrityGate.Evaluating.Statistics;

/// <summary>A point of a ROC curve.</summary>
/// <param name="FalsePositives">Share of real items at or above the score.</param>
/// <param name="TruePositives">Share of synthetic items at or above the score.</param>
/// <param name="Score">The score.</param>
internal readonly record struct RocPoint(double FalsePositives, double TruePositives, double Score);
