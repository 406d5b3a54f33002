namespace IntegrityGate.LoadHarness.Load;

/// <summary>Milliseconds from a packet's hand-over to the socket until the sink had all of it.</summary>
/// <param name="Count">Packets measured.</param>
/// <param name="P50">Median.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="P999">99.9th percentile.</param>
/// <param name="Most">The slowest.</param>
internal sealed record LatencySummary(int Count, double P50, double P99, double P999, double Most)
{
    /// <summary>Nothing measured.</summary>
    public static LatencySummary Empty { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Sorts and reads off, nearest rank.</summary>
    public static LatencySummary Of(IEnumerable<float> milliseconds)
    {
        var sorted = milliseconds.ToArray();
        if (sorted.Length == 0)
            return Empty;
        Array.Sort(sorted);
        return new LatencySummary(sorted.Length, At(0.5), At(0.99), At(0.999), sorted[^1]);

        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
