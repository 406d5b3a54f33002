using FsCheck.Xunit;
using IntegrityGate.Evaluating.Statistics;

namespace IntegrityGate.Tests.Evaluating;

/// <summary>What holds of the statistics whatever the scores are. Scores are small whole numbers, so that ties are common.</summary>
public sealed class StatisticsProperties
{
    [Property(MaxTest = 500)]
    public void The_area_is_the_share_of_pairs_in_order((sbyte Score, bool Positive, byte Weight)[] items)
    {
        var (ranked, weights) = Rank(items);
        double pairs = 0, inOrder = 0;
        foreach (var (a, i) in items.Select((item, i) => (item, i)))
        {
            foreach (var (b, j) in items.Select((item, j) => (item, j)))
            {
                if (!a.Positive || b.Positive)
                    continue;
                pairs += weights[i] * weights[j];
                inOrder += weights[i] * weights[j] * (a.Score > b.Score ? 1 : a.Score == b.Score ? 0.5 : 0);
            }
        }

        var auc = ranked.Auc(weights);
        Assert.True(pairs > 0 ? Math.Abs(auc - (inOrder / pairs)) < 1e-9 : double.IsNaN(auc), $"{auc}");
    }

    [Property(MaxTest = 300)]
    public void A_weight_is_a_number_of_copies((sbyte Score, bool Positive, byte Weight)[] items, byte rate)
    {
        var (ranked, weights) = Rank(items);
        var copies = items.SelectMany((item, i) => Enumerable.Repeat(item, (int)weights[i])).ToArray();
        var (repeated, _) = Rank(copies);
        var ones = repeated.EqualWeights();
        Same(repeated.Auc(ones), ranked.Auc(weights));
        Same(repeated.TruePositivesAt(ones, rate / 255.0), ranked.TruePositivesAt(weights, rate / 255.0));
        Same(repeated.NegativeLevel(ones, rate / 255.0), ranked.NegativeLevel(weights, rate / 255.0));
    }

    [Property(MaxTest = 300)]
    public void A_level_just_over_the_negative_keeps_to_the_share_and_one_at_it_does_not((sbyte Score, bool Positive, byte Weight)[] items, byte share)
    {
        var (ranked, weights) = Rank(items);
        var score = ranked.NegativeLevel(weights, share / 255.0);
        if (double.IsNaN(score))
            return;
        Assert.True(ranked.ShareAbove(weights, false, score + 0.5) <= (share / 255.0) + 1e-9);
        Assert.True(ranked.ShareAbove(weights, false, score) > share / 255.0);
    }

    [Property(MaxTest = 300)]
    public void A_curve_climbs_from_one_corner_to_the_other((sbyte Score, bool Positive, byte Weight)[] items)
    {
        var (ranked, weights) = Rank(items);
        var curve = ranked.Curve(weights);
        if (curve.Count == 0)
            return;
        Assert.Equal((0, 0), (curve[0].FalsePositives, curve[0].TruePositives));
        Assert.Equal(1, curve[^1].FalsePositives, 1e-9);
        Assert.Equal(1, curve[^1].TruePositives, 1e-9);
        Assert.All(curve.Zip(curve.Skip(1)), step => Assert.True(step.First.FalsePositives <= step.Second.FalsePositives && step.First.TruePositives <= step.Second.TruePositives));
    }

    [Property(MaxTest = 300)]
    public void Wilsons_interval_holds_the_share_and_stays_in_0_to_1(byte hits, byte misses)
    {
        var share = new Share(hits, hits + misses);
        if (share.Wilson is not { } interval)
            return;
        Assert.True(interval.Contains(share.Value!.Value));
        Assert.InRange(interval.Low, 0, 1);
        Assert.InRange(interval.High, 0, 1);
    }

    [Property(MaxTest = 100)]
    public void More_events_allow_more(byte events) =>
        Assert.True(PoissonBound.Upper95(events) > events && PoissonBound.Upper95(events + 1) > PoissonBound.Upper95(events));

    [Property(MaxTest = 20)]
    public void The_same_seed_gives_the_same_interval_and_it_lies_among_the_values((sbyte Score, bool Positive, byte Weight)[] items, int seed)
    {
        var (ranked, weights) = Rank(items);
        Interval? Draw() => new ClusterBootstrap([.. items.Select(i => i.Positive)], [.. items.Select(i => $"{i.Weight % 4}")]).Of(weights, seed, w => ranked.Auc(w));
        var first = Draw();
        Assert.Equal(first, Draw());
        if (first is { } interval)
            Assert.True(interval.Low >= 0 && interval.Low <= interval.High && interval.High <= 1);
    }

    private static (RankedScores Ranked, double[] Weights) Rank((sbyte Score, bool Positive, byte Weight)[] items) =>
        (new RankedScores([.. items.Select(i => (double)i.Score)], [.. items.Select(i => i.Positive)]), [.. items.Select(i => (double)(i.Weight % 5))]);

    private static void Same(double a, double b) => Assert.True((double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) < 1e-9, $"{a} is not {b}");
}
