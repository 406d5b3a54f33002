using IntegrityGate.Evaluating.Statistics;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>A share of items with both of its intervals: Wilson's takes items for independent and is too narrow where sources differ.</summary>
/// <param name="Share">The share.</param>
/// <param name="OverSources">95 % interval over sources; null with a single source.</param>
internal sealed record ShareFigure(Share Share, Interval? OverSources);
