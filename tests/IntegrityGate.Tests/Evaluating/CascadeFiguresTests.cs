using IntegrityGate.Evaluating;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;
using IntegrityGate.Evaluating.Trials;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Tests.Evaluating;

/// <summary>What is told of the cascade beside all views.</summary>
public sealed class CascadeFiguresTests
{
    private const double Review = 0.76;
    private static readonly StreamRate s_rate = new(360, 28, null);

    [Fact]
    public void It_tells_what_is_lost_and_what_is_run_of_either_class()
    {
        var figures = CascadeFigures.Of(
            Exposure.Unseen,
            s_rate,
            new Measurements(
                [
                    Item("a", true, 2, 2, 4), Item("b", true, 0.9, -1, 1), Item("c", true, 0.5, 0.5, 4), Item("d", true, -2, -2.5, 1),
                    Item("e", false, -1, -1, 1), Item("f", false, 0.8, 0.8, 4),
                    ItemScore.Without(new EvaluationItem("/g", "g", true, "s", Exposure.Unseen, false), s_rate, LookOutcome.Failed, "no"),
                ],
                []),
            Review)!;
        Assert.Equal((new Share(2, 4), new Share(1, 4)), (figures.Synthetic, figures.SyntheticCascade));
        Assert.Equal((new Share(1, 2), new Share(1, 2)), (figures.Real, figures.RealCascade));
        Assert.Equal((2.5, 2.5), (figures.SyntheticViews, figures.RealViews));
        Assert.Equal(0.25, figures.Lost!.Value, 1e-9);
        Assert.False(figures.Holds);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void One_point_of_recall_may_be_lost_and_no_more(int lost, bool holds)
    {
        var items = Enumerable.Range(0, 100).Select(i => Item($"{i}", true, 1, i < lost ? -1 : 1, i < lost ? 1 : 4)).ToList();
        Assert.Equal(holds, CascadeFigures.Of(Exposure.Unseen, s_rate, new Measurements(items, []), Review)!.Holds);
    }

    [Fact]
    public void Nothing_is_told_where_the_cascade_was_not_asked()
    {
        var item = Item("a", true, 2, 2, 4) with { Cascade = null };
        Assert.Null(CascadeFigures.Of(Exposure.Unseen, s_rate, new Measurements([item], []), Review));
        Assert.Null(CascadeFigures.Of(Exposure.Unseen, s_rate, new Measurements([], []), Review));
    }

    [Fact]
    public void Streams_are_told_by_both()
    {
        var clip = new EvaluationItem("/a", "a", true, "s", Exposure.Unseen, true);
        var trial = new StreamTrial(clip, 1, s_rate, TimeSpan.FromSeconds(20), 10, TimeSpan.FromSeconds(9), null, 0);
        var figures = CascadeFigures.Of(
            Exposure.Unseen,
            s_rate,
            new Measurements([Item("a", true, 2, 2, 4)], [trial with { Cascade = trial with { ToVerdict = null } }]),
            Review)!;
        Assert.Equal((new Share(1, 1), new Share(0, 1)), (figures.Streams.Synthetic, figures.Streams.SyntheticCascade));
    }

    private static ItemScore Item(string name, bool synthetic, double score, double cascade, double views) =>
        new(new EvaluationItem("/" + name, name, synthetic, "s", Exposure.Unseen, false), s_rate, LookOutcome.Scored, score, 1, null) { Cascade = new CascadeScore(cascade, views) };
}
