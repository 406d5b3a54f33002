using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Enforcement.Judging.Replays;

namespace IntegrityGate.Enforcement.Tests.Judging;

/// <summary>What a judge does about video that repeats.</summary>
public sealed class LoopIncidentTests
{
    [Fact]
    public void A_loop_opens_an_incident_for_a_reviewer_with_its_period_repeats_and_hashes_and_nothing_else_follows()
    {
        var story = Loops(new Story(), looks: 100);
        var incident = story.TheOpen;
        Assert.Equal(
            ("gate.stream.loop", "stream.loop", Severity.Review, EnforcementAct.Report, Tier.None),
            (incident.Rule.Id, incident.Violation, incident.Severity, incident.Action, incident.Tier));
        Assert.All(incident.Facts, fact => Assert.Equal("loop", fact.Kind));
        Assert.Equal("What is on screen was on screen 60.0 s before, time and again.", incident.Facts[0].Text);
        Assert.InRange(incident.Facts[0].Score ?? 0, 2, 3);
        Assert.Equal(6, incident.Facts.Skip(1).Select(fact => fact.Text).Distinct().Count());
        Assert.All(story.Judgements, judgement => Assert.Null(judgement.Stamp));
        Assert.All(story.Judgements, judgement => Assert.False(judgement.Block));
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.Single(incident.EvidenceIds);
    }

    [Fact]
    public void It_closes_when_the_picture_moves_on()
    {
        var story = Loops(new Story(), looks: 100);
        for (var look = 100; look < 115; look++)
            Look(story, look, 1000 + look);
        Assert.Empty(story.Open);
        Assert.Equal("the picture moves on", story.Changes[^1].Incident.CloseReason);
    }

    [Fact]
    public void A_reviewer_who_dismisses_it_is_not_asked_again_and_says_nothing_of_the_detector()
    {
        var story = Loops(new Story(), looks: 100).Reviews(ReviewDecision.Dismissed);
        for (var look = 100; look < 200; look++)
            Look(story, look, look % 30);
        Assert.Empty(story.Open);
        for (var i = 0; i < 10; i++)
            story.At(story.Now + 2).Scores(4);
        Assert.Equal(VerdictBasis.DetectorStamp, story.Last.Verdict.Basis);
    }

    [Fact]
    public void A_reviewer_who_confirms_it_makes_no_verdict_of_it()
    {
        var story = Loops(new Story(), looks: 100).Reviews(ReviewDecision.Confirmed);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.Null(story.Last.Stamp);
    }

    [Fact]
    public void Turned_off_it_is_silent_and_it_can_be_turned_off_on_a_running_stream()
    {
        var off = new JudgePolicy { Replays = new ReplayOptions { Enabled = false } };
        Assert.Empty(Loops(new Story(off), looks: 200).Changes);

        var story = Loops(new Story(), looks: 100).Tell((at, wall) => new PolicyChanged(at, wall, off));
        Assert.Empty(story.Open);
    }

    [Fact]
    public void A_clock_that_begins_anew_forgets_what_was_seen()
    {
        var story = Loops(new Story(), looks: 100);
        story.At(0).Sees();
        Assert.Empty(story.Open);
    }

    private static Story Loops(Story story, int looks)
    {
        for (var look = 0; look < looks; look++)
            Look(story, look, look % 30);
        return story;
    }

    private static void Look(Story story, int look, int picture)
    {
        var bits = new Random(picture);
        var hash = new PictureHash((ulong)bits.NextInt64(), (ulong)bits.NextInt64(), (ulong)bits.NextInt64(), (ulong)bits.NextInt64());
        var points = new byte[PicturePrint.Side * PicturePrint.Side];
        bits.NextBytes(points);
        story.At(look * 2).Tell((at, wall) => new SampleLooked(at, wall, null, null, "e" + look) { Print = new PicturePrint(at, hash, points) });
    }
}
