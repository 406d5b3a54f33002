namespace IntegrityGate.LoadHarness.Reports;

/// <summary>One figure of one way, a value a round.</summary>
/// <param name="Way">What was measured, for example "gate, inspecting, 8 streams".</param>
/// <param name="Figure">What of it.</param>
/// <param name="Unit">In what.</param>
internal sealed record Series(string Way, string Figure, string Unit)
{
    private readonly List<double> _values = [];

    /// <summary>The values in the order of the rounds.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>The middle one.</summary>
    public double Median
    {
        get
        {
            var sorted = _values.Order().ToArray();
            return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>The least.</summary>
    public double Least => _values.Min();

    /// <summary>The greatest.</summary>
    public double Most => _values.Max();

    /// <summary>Adds a round's value.</summary>
    public void Add(double value) => _values.Add(value);
}
