namespace IntegrityGate.Evaluating.Statistics;

/// <summary>An interval, both ends included.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>True when a value lies in it.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}
