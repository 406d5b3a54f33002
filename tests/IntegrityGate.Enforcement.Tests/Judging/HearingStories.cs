using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;

namespace IntegrityGate.Enforcement.Tests.Judging;

/// <summary>What is heard in a stream, and what follows from it.</summary>
public sealed class HearingStories
{
    private static readonly ModelReference _voice = new("voice", "1.0.0", new string('c', 64));

    private ulong _fingerprint = 7;

    [Fact]
    public void A_label_that_is_heard_makes_the_content_suspected_and_asks_for_a_person()
    {
        var story = Hears(new Story().Sees(), 12, Rhythm(3.2)).Watches(20);
        Assert.Equal((Tier.Suspected, VerdictBasis.AudibleMark), (story.Last.Verdict.Tier, story.Last.Verdict.Basis));
        Assert.Equal(3200, story.Last.Verdict.Since.Milliseconds);
        Assert.Null(story.Last.Stamp);
        var incident = story.TheOpen;
        Assert.Equal((ViolationCode.LabelMissing, Severity.Review, EnforcementAct.Report), (incident.Violation, incident.Severity, incident.Action));
        var fact = Assert.Single(incident.Facts, fact => fact.Kind == "audio");
        Assert.Equal((3200L, 0.93, 0.78), (fact.At.Milliseconds, fact.Score, fact.Threshold));
        Assert.Contains("short-long, short-short, 800 Hz", fact.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_platform_may_have_it_stamped_and_then_it_is_a_violation()
    {
        var story = Hears(new Story(new JudgePolicy { AudibleMark = EnforcementAct.Stamp }).Sees(), 12, Spoken("label-zh", 4)).Watches(20);
        Assert.Equal("疑似AI生成", story.Last.Stamp!.Text);
        Assert.Equal((Severity.Violation, EnforcementAct.Stamp), (story.TheOpen.Severity, story.TheOpen.Action));
        Assert.Contains("label-zh", story.Last.Verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_for_the_ear_does_not_meet_the_duty_of_the_picture_and_stands_in_its_incident()
    {
        var story = Hears(new Story().Claims(AigcAttribute.Generated).Sees(), 12, Spoken("label-zh", 4)).Watches(20);
        Assert.Equal((Tier.Confirmed, VerdictBasis.Metadata), (story.Last.Verdict.Tier, story.Last.Verdict.Basis));
        Assert.NotNull(story.Last.Stamp);
        Assert.Equal(["audio", "claim", "text"], story.TheOpen.Facts.Select(fact => fact.Kind).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_label_on_the_picture_meets_the_duty_that_one_for_the_ear_raised()
    {
        var story = Hears(new Story().Sees(Story.Good()), 12, Rhythm(3)).Watches(30, lines: Story.Good());
        Assert.Equal(Tier.Suspected, story.Last.Verdict.Tier);
        Assert.Empty(story.Open);
    }

    [Fact]
    public void What_overlapping_windows_hear_twice_counts_once_and_each_label_has_its_fact()
    {
        var story = Hears(Hears(Hears(new Story().Sees(), 10, Rhythm(7)), 16, Rhythm(7.02)), 30, Rhythm(25)).Watches(32);
        Assert.Equal([7000L, 25_000], story.TheOpen.Facts.Where(fact => fact.Kind == "audio").Select(fact => fact.At.Milliseconds));
    }

    [Fact]
    public void A_label_speaks_for_the_content_for_its_time_and_no_longer()
    {
        var story = Hears(new Story().Sees(), 12, Rhythm(3)).Watches(590);
        Assert.Equal(Tier.Suspected, story.Last.Verdict.Tier);
        story.Watches(615);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.Empty(story.Open);
    }

    [Fact]
    public void A_reviewer_who_dismisses_it_is_not_asked_again_and_one_who_confirms_has_it_stamped()
    {
        var dismissed = Hears(Hears(new Story().Sees(), 12, Rhythm(3)).Watches(20).Reviews(ReviewDecision.Dismissed), 40, Rhythm(35)).Watches(60);
        Assert.Equal(Tier.None, dismissed.Last.Verdict.Tier);
        Assert.Empty(dismissed.Open);
        var confirmed = Hears(new Story().Sees(), 12, Rhythm(3)).Watches(20).Reviews(ReviewDecision.Confirmed);
        Assert.Equal(VerdictBasis.Reviewer, confirmed.Last.Verdict.Basis);
        Assert.NotNull(confirmed.Last.Stamp);
    }

    [Fact]
    public void Nothing_heard_changes_nothing()
    {
        var story = Hears(Hears(new Story().Sees(), 10), 20).Watches(40);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.Empty(story.Changes);
    }

    [Theory]
    [InlineData(0.5, null)]
    [InlineData(1.2, VerdictBasis.DetectorReview)]
    [InlineData(3.5, VerdictBasis.DetectorStamp)]
    public void A_voice_detector_has_levels_of_its_own_beside_the_frame_detectors(double score, VerdictBasis? basis)
    {
        var story = new Story().Sees();
        for (var at = 10; at <= 40; at += 10)
            Says(story, at, score);
        story.Watches(50, score: -2);
        Assert.Equal(basis ?? VerdictBasis.None, story.Last.Verdict.Basis);
        if (basis is null)
            return;
        var fact = Assert.Single(story.TheOpen.Facts, fact => fact.Kind == "voice");
        Assert.Equal((score, "voice", basis == VerdictBasis.DetectorStamp ? 3.0 : 1.0), (fact.Score!.Value, fact.Model!.Name, fact.Threshold!.Value));
        Assert.Equal(basis == VerdictBasis.DetectorStamp, story.Last.Stamp is not null);
    }

    [Fact]
    public void Two_windows_or_one_that_repeats_decide_nothing_about_a_voice()
    {
        var two = Says(Says(new Story().Sees(), 10, 5), 20, 5).Watches(30);
        Assert.Equal(Tier.None, two.Last.Verdict.Tier);
        var loop = new Story().Sees();
        for (var at = 10; at <= 60; at += 10)
            Says(loop, at, 5, sameSound: true);
        Assert.Equal(Tier.None, loop.Watches(70).Last.Verdict.Tier);
    }

    private static AudibleMark Rhythm(double at) =>
        new(AudibleMarkKind.Rhythm, "", Media(at), TimeSpan.FromSeconds(1.1), 0.93, 0.78, 800);

    private static AudibleMark Spoken(string name, double at) =>
        new(AudibleMarkKind.Spoken, name, Media(at), TimeSpan.FromSeconds(2.5), 0.8, 0.6, null);

    private static Story Hears(Story story, double until, params AudibleMark[] marks)
    {
        story.Watches(until);
        return story.Tell((at, wall) => new AudioHeard(at, wall, new AudioReading(Media(until - 10), TimeSpan.FromSeconds(10), -20, 0, marks, null) { IsSilent = false }));
    }

    private Story Says(Story story, double until, double score, bool sameSound = false)
    {
        if (!sameSound)
            _fingerprint = unchecked((_fingerprint * 6364136223846793005) + 1442695040888963407);
        var voice = new SyntheticScore(Media(until - 10), _voice, score, 0.5, [score], new DetectorLevels(1, 3), null, _fingerprint);
        story.Watches(until);
        return story.Tell((at, wall) => new AudioHeard(at, wall, new AudioReading(Media(until - 10), TimeSpan.FromSeconds(10), -20, 0.8, [], voice) { IsSilent = false }));
    }

    private static MediaTime Media(double seconds) => new((long)Math.Round(seconds * 1000));
}
