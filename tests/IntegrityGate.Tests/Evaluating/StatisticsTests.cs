using IntegrityGate.Evaluating.Statistics;

namespace IntegrityGate.Tests.Evaluating;

/// <summary>Statistics against values from tables and other programs.</summary>
public sealed class StatisticsTests
{
    // From the closed form, computed in another program.
    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(1, 50, 0.0035, 0.1050)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    public void Wilsons_interval(int hits, int trials, double low, double high)
    {
        var interval = new Share(hits, trials).Wilson!.Value;
        Assert.Equal(low, interval.Low, 1e-4);
        Assert.Equal(high, interval.High, 1e-4);
    }

    [Fact]
    public void A_share_of_nothing_has_neither_value_nor_interval()
    {
        Assert.Null(new Share(0, 0).Value);
        Assert.Null(new Share(0, 0).Wilson);
    }

    // Half of the 0.95 quantile of chi-square with 2 (events + 1) degrees of freedom; computed with 50 digits in another program.
    [Theory]
    [InlineData(0, 2.9957)]
    [InlineData(1, 4.7439)]
    [InlineData(2, 6.2958)]
    [InlineData(5, 10.5130)]
    [InlineData(10, 16.9622)]
    [InlineData(100, 118.0793)]
    public void The_upper_bound_of_rare_events(int events, double bound) => Assert.Equal(bound, PoissonBound.Upper95(events), 2e-4);

    [Fact]
    public void The_area_under_a_known_curve()
    {
        // The example of scikit-learn's roc_auc_score.
        var ranked = new RankedScores([0.1, 0.4, 0.35, 0.8], [false, false, true, true]);
        Assert.Equal(0.75, ranked.Auc(ranked.EqualWeights()), 1e-12);
        Assert.Equal([(0, 0), (0, 0.5), (0.5, 0.5), (0.5, 1), (1, 1)], ranked.Curve(ranked.EqualWeights()).Select(p => (p.FalsePositives, p.TruePositives)));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.49, 0.5)]
    [InlineData(0.5, 1)]
    [InlineData(1, 1)]
    public void True_positives_at_a_false_positive_rate(double rate, double expected)
    {
        var ranked = new RankedScores([0.1, 0.4, 0.35, 0.8], [false, false, true, true]);
        Assert.Equal(expected, ranked.TruePositivesAt(ranked.EqualWeights(), rate), 1e-12);
    }

    [Fact]
    public void Equal_scores_are_one_threshold()
    {
        var ranked = new RankedScores([1, 1, 1, 1], [true, false, true, false]);
        Assert.Equal(0.5, ranked.Auc(ranked.EqualWeights()), 1e-12);
        Assert.Equal(0, ranked.TruePositivesAt(ranked.EqualWeights(), 0.5), 1e-12);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0.2, 4)]
    [InlineData(0.39, 4)]
    [InlineData(0.4, 3)]
    public void The_negative_that_a_level_must_be_over(double share, double score)
    {
        var ranked = new RankedScores([1, 2, 3, 4, 5, 9], [false, false, false, false, false, true]);
        Assert.Equal(score, ranked.NegativeLevel(ranked.EqualWeights(), share));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4)]
    public void Quantiles_of_values(double share, double expected) => Assert.Equal(expected, Quantile.OfSorted([1, 2, 3, 4], share), 1e-12);

    [Fact]
    public void A_quantile_of_times_counts_what_never_happened_as_late()
    {
        TimeSpan?[] times = [TimeSpan.FromSeconds(9), null, TimeSpan.FromSeconds(5), null];
        Assert.Equal(TimeSpan.FromSeconds(5), Quantile.OfTimes(times, 0.25));
        Assert.Equal(TimeSpan.FromSeconds(9), Quantile.OfTimes(times, 0.5));
        Assert.Null(Quantile.OfTimes(times, 0.51));
        Assert.Null(Quantile.OfTimes([], 0.5));
    }

    [Fact]
    public void Calibration_sets_what_was_stated_beside_what_was_true()
    {
        var curve = CalibrationCurve.Of([0.85, 0.85, 0.85, 0.85, 0.15], [true, true, true, false, false], [1, 1, 1, 1, 1]);
        Assert.Equal(2, curve.Bins.Count);
        Assert.Equal(new CalibrationBin(0.1, 0.2, 1, 0.2, 0.15, 0), curve.Bins[0]);
        Assert.Equal(0.75, curve.Bins[1].True, 1e-12);
        // 0.2 * |0.15 - 0| + 0.8 * |0.85 - 0.75|
        Assert.Equal(0.11, curve.ExpectedError!.Value, 1e-12);
        Assert.Null(CalibrationCurve.Of([], [], []).ExpectedError);
    }

    [Fact]
    public void Sources_that_differ_widen_the_interval_and_items_of_one_source_do_not_narrow_it()
    {
        // Ten sources, five above and five below, with 2 or 200 items each: what is known of sources is the same.
        static Interval Of(int items)
        {
            var sources = Enumerable.Range(0, 10 * items).Select(i => i / items).ToList();
            var ranked = new RankedScores([.. sources.Select(s => s < 5 ? 1.0 : 0.0)], [.. sources.Select(_ => true)]);
            return new ClusterBootstrap([.. sources.Select(_ => true)], [.. sources.Select(s => $"{s}")]).Of(ranked.EqualWeights(), 1, w => ranked.ShareAbove(w, true, 0.5))!.Value;
        }

        Assert.Equal(Of(2), Of(200));
        // Binomial with 10 trials at 0.5: its 2.5 % and 97.5 % points are 2 and 8.
        Assert.Equal(new Interval(0.2, 0.8), Of(2));
    }

    [Fact]
    public void A_single_source_has_no_interval() =>
        Assert.Null(new ClusterBootstrap([true, true, false, false], ["a", "a", "b", "c"]).Of([1, 1, 1, 1], 1, _ => 1));
}
