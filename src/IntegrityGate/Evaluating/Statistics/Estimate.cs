namespace IntegrityGate.Evaluating.Statistics;

/// <summary>A figure with its interval, or the reason why there is none.</summary>
/// <param name="Value">The figure; null when the set cannot support it.</param>
/// <param name="Interval">95 % interval; null when the set cannot support it.</param>
/// <param name="Why">Why there is no figure or no interval; null when there is.</param>
internal sealed record Estimate(double? Value, Interval? Interval, string? Why = null)
{
    /// <summary>No figure.</summary>
    public static Estimate None(string why) => new(null, null, why);
}
