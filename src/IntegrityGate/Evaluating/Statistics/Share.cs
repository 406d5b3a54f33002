namespace IntegrityGate.Evaluating.Statistics;

/// <summary>A share of independent trials.</summary>
/// <param name="Hits">Trials that hit.</param>
/// <param name="Trials">All trials.</param>
internal readonly record struct Share(int Hits, int Trials)
{
    // 97.5 % point of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>Hits over trials; null without trials.</summary>
    public double? Value => Trials == 0 ? null : (double)Hits / Trials;

    /// <summary>Wilson's 95 % score interval (E. B. Wilson, JASA 22, 1927): holds near 0 and 1 and with few trials, where the usual one is empty.</summary>
    public Interval? Wilson
    {
        get
        {
            if (Trials == 0)
                return null;
            double n = Trials;
            var p = Hits / n;
            var centre = p + (Z * Z / (2 * n));
            var half = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
            var scale = 1 + (Z * Z / n);
            // At 0 and at all hits the ends are exact; rounding must not move them.
            return new Interval(Hits == 0 ? 0 : (centre - half) / scale, Hits == Trials ? 1 : (centre + half) / scale);
        }
    }
}
