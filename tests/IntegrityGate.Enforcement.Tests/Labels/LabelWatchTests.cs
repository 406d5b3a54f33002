using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Rules;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Labels;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Enforcement.Tests.Labels;

/// <summary>How long a label was on screen and when it is missing, from looks: S sufficient, s too small, w wrong words, p in the middle, - nothing.</summary>
public sealed class LabelWatchTests
{
    private static readonly Obligations _law = Obligations.From(RulePackLibrary.Shipped.Select(["cn-2025", "cn-live-commerce"]), new DateOnly(2026, 10, 1));

    [Trait("Rule", "cn-2025.label.duration")]
    [Theory]
    [InlineData("S", 500, LabelDuty.Undecided, null)]
    [InlineData("SSSS", 500, LabelDuty.Undecided, null)] // 1.5 s seen: not yet
    [InlineData("SSSSS", 500, LabelDuty.Met, null)] // 2.0 s seen
    [InlineData("SS", 2000, LabelDuty.Met, null)]
    [InlineData("SSSS--", 500, LabelDuty.Met, null)] // up to 2.0 s: may have been enough
    [InlineData("SSS--", 500, LabelDuty.Violated, "cn-2025.label.duration")] // at most 1.5 s
    [InlineData("S--", 500, LabelDuty.Violated, "cn-2025.label.duration")]
    [InlineData("--SSSS--", 450, LabelDuty.Met, null)] // at most 2.25 s
    [InlineData("--SSS--", 450, LabelDuty.Violated, "cn-2025.label.duration")] // at most 1.8 s
    public void GB_45438_2025_5_4_the_label_stands_for_2_s(string looks, int every, LabelDuty duty, string? rule) => Check(looks, every, duty, rule);

    [Theory]
    [InlineData("", 500, LabelDuty.Undecided, null)]
    [InlineData("-", 500, LabelDuty.Undecided, null)]
    [InlineData("--", 500, LabelDuty.Violated, "cn-2025.label.present")]
    [InlineData("--", 399, LabelDuty.Undecided, null)]
    [InlineData("--", 400, LabelDuty.Violated, "cn-2025.label.present")]
    [InlineData("---", 200, LabelDuty.Violated, "cn-2025.label.present")]
    [InlineData("ss", 500, LabelDuty.Violated, "cn-2025.label.height")]
    [InlineData("ww", 500, LabelDuty.Violated, "cn-2025.label.wording")]
    [InlineData("pp", 500, LabelDuty.Violated, "cn-2025.label.position")]
    [InlineData("s-", 500, LabelDuty.Violated, "cn-2025.label.height")] // the reader misses small text now and then
    [InlineData("s----", 500, LabelDuty.Violated, "cn-2025.label.present")] // but not four times
    [InlineData("wsp-", 500, LabelDuty.Violated, "cn-2025.label.position")] // closest to the law
    public void One_look_decides_nothing_and_the_most_specific_fault_is_named(string looks, int every, LabelDuty duty, string? rule) => Check(looks, every, duty, rule);

    [Trait("Rule", "cn-live-commerce.label.continuous")]
    [Theory]
    [InlineData("SSSSS", LabelDuty.Met, null)]
    [InlineData("SSSSS-", LabelDuty.Undecided, null)]
    [InlineData("SSSSS--", LabelDuty.Violated, "cn-live-commerce.label.continuous")]
    [InlineData("SSSSSss", LabelDuty.Violated, "cn-2025.label.height")]
    [InlineData("SSSSS--S", LabelDuty.Met, null)]
    [InlineData("--", LabelDuty.Violated, "cn-2025.label.present")]
    public void Order_117_art_37_the_label_stays(string looks, LabelDuty duty, string? rule) => Check(looks, 500, duty, rule, continuous: true);

    [Fact]
    public void One_unread_look_between_two_in_the_same_place_is_the_readers_miss() => Check("SS-SS", 500, LabelDuty.Met, null);

    [Fact]
    public void A_label_that_flickers_is_not_undecided_for_ever()
    {
        // In a new place every time, so that it is no reader's miss.
        var watch = new LabelWatch(_law, new LabelReadingOptions());
        for (var i = 0; i < 40; i++)
            watch.Add(Look(i % 2 == 0 ? 'S' : '-', i * 400, x: i * 30));
        var standing = watch.Assess(MediaTime.Zero, continuous: false, wasMet: false);
        Assert.Equal((LabelDuty.Violated, "cn-2025.label.duration"), (standing.Duty, standing.Rule!.Id));
    }

    [Fact]
    public void A_duty_once_met_stays_met_although_the_looks_are_forgotten()
    {
        var watch = new LabelWatch(_law, new LabelReadingOptions());
        for (var i = 0; i < 2 * LabelWatch.Capacity; i++)
            watch.Add(Look('-', i * 500));
        Assert.Equal(LabelWatch.Capacity, watch.Count);
        Assert.Equal(LabelDuty.Met, watch.Assess(MediaTime.Zero, continuous: false, wasMet: true).Duty);
        Assert.Equal(LabelDuty.Violated, watch.Assess(MediaTime.Zero, continuous: false, wasMet: false).Duty);
    }

    [Fact]
    public void Looks_before_the_stretch_do_not_count()
    {
        var watch = Watch("SSSSSSSS--", 500);
        Assert.Equal(LabelDuty.Met, watch.Assess(MediaTime.Zero, false, false).Duty);
        Assert.Equal("cn-2025.label.present", watch.Assess(new MediaTime(4000), false, false).Rule!.Id);
    }

    [Fact]
    public void The_violation_begins_where_the_label_was_last_missed()
    {
        Assert.Equal(0, Watch("--", 500).Assess(MediaTime.Zero, false, false).From.Milliseconds);
        Assert.Equal(2500, Watch("SSSSS--", 500).Assess(MediaTime.Zero, true, false).From.Milliseconds);
    }

    private static void Check(string looks, int every, LabelDuty duty, string? rule, bool continuous = false)
    {
        var standing = Watch(looks, every).Assess(MediaTime.Zero, continuous, wasMet: false);
        Assert.Equal((duty, rule), (standing.Duty, standing.Rule?.Id));
    }

    private static LabelWatch Watch(string looks, int every)
    {
        var watch = new LabelWatch(_law, new LabelReadingOptions());
        for (var i = 0; i < looks.Length; i++)
            watch.Add(Look(looks[i], i * every));
        return watch;
    }

    private static LabelFinding Look(char state, int at, double x = 20) => state switch
    {
        'S' => Finding(LabelState.Sufficient),
        's' => Finding(LabelState.TooSmall),
        'w' => Finding(LabelState.Wording),
        'p' => Finding(LabelState.Position),
        _ => new LabelFinding(new MediaTime(at), LabelState.None, "", null, 0, 36),
    }
    with
    { At = new MediaTime(at), Box = state == '-' ? null : new PixelBox(x, 20, 100, 40) };

    private static LabelFinding Finding(LabelState state) => new(MediaTime.Zero, state, "AI生成", null, 40, 36);
}
