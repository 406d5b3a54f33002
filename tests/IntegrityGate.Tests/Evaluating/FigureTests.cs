using IntegrityGate.Core.Evidence;
using IntegrityGate.Detection.Models;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Evaluating;
using IntegrityGate.Evaluating.Cards;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Reports;
using IntegrityGate.Evaluating.Statistics;
using IntegrityGate.Evaluating.Trials;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Tests.Evaluating;

/// <summary>What is told of a measurement, and what is not.</summary>
public sealed class FigureTests
{
    private static readonly StreamRate s_rate = new(360, 28, null);
    private static readonly DetectorLevels s_levels = new(0.76, 2.66);
    private static readonly FigureMaker s_maker = new(s_levels, new Calibration(1.7421, 0.0575), seed: 1);

    [Theory]
    [InlineData(99, false, false)]
    [InlineData(100, true, false)]
    [InlineData(2999, true, false)]
    [InlineData(3000, true, true)]
    public void A_rate_of_false_alarms_is_told_only_where_enough_real_items_bear_it(int real, bool at1, bool at01)
    {
        var group = s_maker.Group(Exposure.Unseen, s_rate, [.. Scores("camera", false, real, i => -i / (double)real), .. Scores("model", true, 10, _ => 1)]);
        Assert.Equal(at1, group.TruePositivesAt1Percent.Value is not null);
        Assert.Equal(at01, group.TruePositivesAt01Percent.Value is not null);
        Assert.Equal(!at01, group.TruePositivesAt01Percent.Why?.Contains("3000", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Items_of_seen_sources_never_support_a_tenth_of_a_percent()
    {
        var group = s_maker.Group(Exposure.SameSource, s_rate, [.. Scores("camera", false, 4000, i => -i), .. Scores("model", true, 10, _ => 1)]);
        Assert.Null(group.TruePositivesAt01Percent.Value);
    }

    [Fact]
    public void A_large_source_outvotes_small_ones_only_where_items_count_alike()
    {
        // 98 items of one real source below, one item each of two others above every AI item.
        ItemScore[] scores = [.. Scores("big", false, 98, _ => -1), .. Scores("b", false, 1, _ => 5), .. Scores("c", false, 1, _ => 5), .. Scores("model", true, 10, _ => 1)];
        var group = s_maker.Group(Exposure.Unseen, s_rate, scores);
        Assert.Equal(0.98, group.Auc.Value!.Value, 1e-9);
        Assert.Equal(1.0 / 3, group.AucSourcesAlike.Value!.Value, 1e-9);
    }

    [Fact]
    public void What_is_out_of_scope_too_small_or_broken_is_counted_and_in_no_figure()
    {
        var item = Scores("camera", false, 1, _ => 0)[0].Item;
        ItemScore[] scores =
        [
            .. Scores("camera", false, 3, _ => 0), .. Scores("model", true, 2, _ => 1),
            ItemScore.Without(item, s_rate, LookOutcome.OutOfScope, ""), ItemScore.Without(item, s_rate, LookOutcome.TooSmall, ""), ItemScore.Without(item, s_rate, LookOutcome.Failed, ""),
        ];
        var group = s_maker.Group(Exposure.Unseen, s_rate, scores);
        Assert.Equal(new ClassCount(3, 1, 1, 1, 1), group.Real);
        Assert.Equal(new ClassCount(2, 1, 0, 0, 0), group.Synthetic);
        Assert.Equal(new Share(0, 3), group.RealAboveReview.Share);
        Assert.Equal(new Share(2, 2), group.SyntheticAboveReview.Share);
    }

    [Fact]
    public void A_group_without_one_class_says_so_instead_of_a_figure()
    {
        var group = s_maker.Group(Exposure.Unseen, s_rate, Scores("model", true, 3, _ => 1));
        Assert.Equal("there are no real items", group.Auc.Why);
        Assert.Empty(group.Roc);
    }

    [Fact]
    public void Streams_are_told_with_their_hours_and_what_no_false_label_in_them_means()
    {
        var (ai, real) = (Scores("model", true, 1, _ => 1)[0].Item, Scores("camera", false, 1, _ => 1)[0].Item);
        StreamTrial[] streams =
        [
            new(real, 1, s_rate, TimeSpan.FromHours(2), 3600, null, null, 0),
            new(real, 1, s_rate, TimeSpan.FromHours(1), 1800, TimeSpan.FromSeconds(30), null, 0),
            new(ai, 1, s_rate, TimeSpan.FromSeconds(40), 20, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(9), 1),
            new(ai, 1, s_rate, TimeSpan.FromSeconds(5), 3, null, null, 0),
        ];
        var figures = StreamFigureMaker.Of(Exposure.Unseen, s_rate, streams, new SequentialOptions())!;
        Assert.Equal(new Share(1, 2), figures.Real);
        Assert.Equal(3, figures.RealHours, 1e-9);
        Assert.Equal(2.9957 / 3, figures.FalseLabelsPerHourBound!.Value, 1e-3);
        Assert.Equal(TimeSpan.FromSeconds(8), figures.ToVerdict50);
        Assert.Null(figures.ToVerdict95);
        Assert.Equal(1, figures.TooShort);
        Assert.Null(StreamFigureMaker.Of(Exposure.Seen, s_rate, streams, new SequentialOptions()));
    }

    [Fact]
    public void Levels_keep_to_the_budget_and_say_what_the_set_cannot_support()
    {
        // Twenty sources of one item: 5 % of them are one.
        ItemScore[] scores = [.. Enumerable.Range(0, 20).SelectMany(i => Scores($"camera{i}", false, 1, _ => i / 10.0)), .. Scores("model", true, 10, i => i)];
        var advice = LevelAdviser.Advise(new LevelBudget(0.05, 1), new Measurements(scores, []), seed: 1);
        Assert.Equal(1.81, advice.Review!.Value, 1e-9);
        Assert.Equal(1.91, advice.Stamp!.Value, 1e-9);
        Assert.Equal(0.8, advice.SyntheticAboveReview!.Value, 1e-9);
        Assert.True(advice.ReviewInterval!.Value.Low < 1.81);
        Assert.Contains("shown by 2996 hours without one; the set has 0 hours: it cannot support that budget", string.Concat(advice.Support), StringComparison.Ordinal);
        Assert.Contains("60 real streams of different publishers", string.Concat(advice.Support), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_without_unseen_real_items_supports_no_level()
    {
        var advice = LevelAdviser.Advise(new LevelBudget(0.05, 1), new Measurements(Scores("model", true, 3, _ => 1), []), seed: 1);
        Assert.Null(advice.Review);
        Assert.Null(advice.Stamp);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.95, false)]
    public void A_run_agrees_with_a_card_whose_area_lies_in_its_interval(double card, bool agrees)
    {
        // Six sources of either class, half of the AI ones below the real ones: the area is 0.5, give or take.
        ItemScore[] scores = [.. Enumerable.Range(0, 6).SelectMany(i => Scores($"r{i}", false, 4, _ => 0)), .. Enumerable.Range(0, 6).SelectMany(i => Scores($"a{i}", true, 4, _ => i < 3 ? -1 : 1))];
        var figures = new CardFigures(
            [new CardGroup("dev", "unseen", "360p@crf28", 900, card, card, 0.1), new CardGroup("dev", "unseen", "720p@crf28", 900, 0, 0, 0)],
            [],
            [new CardSource("dev", "r0", "real", 48, 0), new CardSource("dev", "a0", "ai", 5, 1), new CardSource("dev", "gone", "ai", 5, 1), new CardSource("hidden", "other", "ai", 5, 1)]);
        var comparison = CardComparer.Compare(figures, [s_maker.Group(Exposure.Unseen, s_rate, scores)], scores, s_levels, "int8", seed: 1);
        Assert.Equal("dev", comparison.Set);
        Assert.Equal(agrees, comparison.Agrees);
        Assert.Contains(comparison.Differences, d => d.Contains("lacks: gone", StringComparison.Ordinal));
        Assert.Contains(agrees ? "AGREES" : "DISAGREES", Notes.Of(comparison).First(), StringComparison.Ordinal);
        Assert.Equal(0, comparison.Rows.Single(r => r.What == "mean score of r0").Run);
    }

    [Fact]
    public void A_run_with_few_of_the_cards_sources_is_not_held_against_its_areas()
    {
        ItemScore[] scores = [.. Scores("r0", false, 4, _ => 0), .. Scores("r1", false, 4, _ => 0), .. Scores("a0", true, 4, _ => -1), .. Scores("a1", true, 4, _ => -1)];
        var figures = new CardFigures(
            [new CardGroup("dev", "unseen", "360p@crf28", 900, 0.9, 0.9, 0.1)], [], [new CardSource("dev", "r0", "real", 4, 0), .. Enumerable.Range(0, 3).Select(i => new CardSource("dev", $"a{i * 5}", "ai", 4, 0))]);
        var comparison = CardComparer.Compare(figures, [s_maker.Group(Exposure.Unseen, s_rate, scores)], scores, s_levels, "int8", seed: 1);
        Assert.Null(comparison.Agrees);
        Assert.NotEmpty(comparison.Rows);
        Assert.Contains("too few of the card's sources", Notes.Of(comparison).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_models_figures_are_read_and_match_its_card()
    {
        var folder = Path.Combine(GeneratedSet.Root, "models", "frame-v1");
        var figures = CardFigures.Read(Path.Combine(folder, "model.json"))!;
        var card = File.ReadAllText(Path.Combine(folder, "CARD.md"));
        Assert.Equal(12, figures.Groups.Count);
        Assert.Equal(68, figures.Sources.Count);
        Assert.All(figures.Sources, s => Assert.Contains(FormattableString.Invariant($"| {s.Class} | {s.Set} | {s.Source} | {s.Frames} | {s.Mean:0.00} |"), card, StringComparison.Ordinal));
        Assert.All(figures.Groups, g => Assert.Matches(FormattableString.Invariant($@"\(n={g.Items}\) \| {g.Rate.Replace("p@crf", "p CRF ", StringComparison.Ordinal)} \| {g.Auc:0.000} \| [0-9.]+ \| {g.AucSourcesAlike:0.000} \| [0-9.]+ \| {g.TruePositivesAt1Percent:0.00} \|"), card));
    }

    [Fact]
    public void Short_clips_of_a_source_are_joined_and_those_of_others_are_not()
    {
        static (EvaluationItem, TimeSpan) Clip(string source, int seconds, int number) =>
            (new EvaluationItem($"/{source}{number}.mp4", $"{source}{number}", true, source, Exposure.Unseen, IsClip: true), TimeSpan.FromSeconds(seconds));
        (EvaluationItem, TimeSpan)[] clips = [Clip("a", 5, 0), Clip("b", 40, 1), Clip("a", 5, 2), Clip("a", 5, 3), Clip("a", 4, 4)];
        Assert.Equal(5, StreamPlan.Of(clips, TimeSpan.Zero).Count);
        var joined = StreamPlan.Of(clips, TimeSpan.FromSeconds(9));
        Assert.Equal([("a0 a2", 10.0), ("a3 a4", 9.0), ("b1", 40.0)], joined.Select(p => (string.Join(' ', p.Clips.Select(c => c.Name)), p.Duration.TotalSeconds)));
        Assert.Equal(["a0 a2 a3 a4", "b1"], StreamPlan.Of(clips, TimeSpan.FromSeconds(12)).Select(p => string.Join(' ', p.Clips.Select(c => c.Name))));
    }

    private static List<ItemScore> Scores(string source, bool synthetic, int count, Func<int, double> score) =>
    [
        .. Enumerable.Range(0, count).Select(i => new ItemScore(
            new EvaluationItem($"/{source}/{i}.jpg", $"{source}/{i}.jpg", synthetic, source, Exposure.Unseen, IsClip: false), s_rate, LookOutcome.Scored, score(i), 1, null)),
    ];
}
