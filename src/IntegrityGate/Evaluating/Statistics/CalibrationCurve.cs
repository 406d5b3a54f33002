namespace IntegrityGate.Evaluating.Statistics;

/// <summary>Stated probabilities beside what was true.</summary>
/// <param name="Bins">Stretches with items in them, ascending.</param>
/// <param name="ExpectedError">Mean distance between stated and true over the bins, by weight (expected calibration error); null without items.</param>
internal sealed record CalibrationCurve(IReadOnlyList<CalibrationBin> Bins, double? ExpectedError)
{
    /// <summary>Stretches of 0.1.</summary>
    public const int BinCount = 10;

    /// <summary>Makes the curve.</summary>
    /// <param name="probabilities">Stated, 0 to 1.</param>
    /// <param name="positive">What was true.</param>
    /// <param name="weights">Weight of each.</param>
    public static CalibrationCurve Of(IReadOnlyList<double> probabilities, IReadOnlyList<bool> positive, IReadOnlyList<double> weights)
    {
        var total = weights.Sum();
        if (total <= 0)
            return new CalibrationCurve([], null);
        var bins = Enumerable.Range(0, probabilities.Count)
            .GroupBy(i => Math.Clamp((int)(probabilities[i] * BinCount), 0, BinCount - 1))
            .OrderBy(g => g.Key)
            .Select(g =>
            {
                var weight = g.Sum(i => weights[i]);
                return new CalibrationBin(
                    (double)g.Key / BinCount,
                    (double)(g.Key + 1) / BinCount,
                    g.Count(),
                    weight / total,
                    g.Sum(i => weights[i] * probabilities[i]) / weight,
                    g.Where(i => positive[i]).Sum(i => weights[i]) / weight);
            })
            .Where(bin => bin.Weight > 0)
            .ToList();
        return new CalibrationCurve(bins, bins.Sum(bin => bin.Weight * Math.Abs(bin.Stated - bin.True)));
    }
}
