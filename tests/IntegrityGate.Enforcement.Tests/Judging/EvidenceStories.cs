using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Enforcement.Judging;

namespace IntegrityGate.Enforcement.Tests.Judging;

/// <summary>What the detector's evidence rests on besides the frames: an operator's budget, a stream's history; and what a reviewer is shown of it.</summary>
public sealed class EvidenceStories
{
    [Fact]
    public void A_reviewer_is_shown_each_sample_with_its_views_the_model_and_the_running_sum()
    {
        var story = new Story().Scores(1).Watches(40, score: 1);
        var facts = story.TheOpen.Facts;
        var samples = facts.Where(fact => fact.Kind == "sample").ToList();
        Assert.InRange(samples.Count, 5, DetectorStanding.MaxDeciding);
        Assert.Equal("synthetic", facts[0].Kind);
        Assert.Equal("Sample 1: score 1.00 (views 1.00), running sum 1.00.", samples[0].Text);
        Assert.Equal($"Sample {samples.Count}: score 1.00 (views 1.00), running sum {samples.Count}.00.", samples[^1].Text);
        Assert.All(samples, sample => Assert.Equal((Story.Model, Story.Levels.Review), (sample.Model, sample.Threshold)));
        Assert.Equal(samples.Select(sample => sample.At).Order(), samples.Select(sample => sample.At));
        // What was opened with stays: the journal is not written anew at each look.
        Assert.InRange(story.Changes.Count(change => change.Incident.Id == story.TheOpen.Id), 1, 8);
    }

    [Fact]
    public void The_facts_of_a_long_window_fit_an_incident_and_their_sum_goes_on_from_what_is_left_out()
    {
        var story = new Story().Scores(-1).Watches(80, score: -1).Watches(400, score: 2.2);
        var samples = story.TheOpen.Facts.Where(fact => fact.Kind == "sample").ToList();
        Assert.Equal(DetectorStanding.MaxDeciding, samples.Count);
        Assert.True(samples[0].Samples > 1);
        Assert.True(story.TheOpen.Facts.Count <= Incident.MaxFacts);
    }

    [Fact]
    public void Levels_by_a_budget_replace_the_models_own_for_that_model_only()
    {
        var strict = new MeasuredLevels(Story.Model.Name, Story.Model.Version, new DetectorLevels(1.5, double.PositiveInfinity));
        Assert.Equal(VerdictBasis.DetectorReview, Judge(strict, 5).Last.Verdict.Basis);
        Assert.Equal(VerdictBasis.None, Judge(strict, 1.2).Last.Verdict.Basis);
        Assert.Equal(VerdictBasis.DetectorStamp, Judge(strict with { Version = "2" }, 5).Last.Verdict.Basis);
        Assert.Equal(VerdictBasis.DetectorReview, Judge(null, 1.2).Last.Verdict.Basis);
    }

    [Theory]
    [InlineData(0, 0.8, true)]
    [InlineData(1, 0.8, false)]
    [InlineData(1, 1.3, true)]
    [InlineData(2, 1.3, false)]
    [InlineData(3, 2.3, true)]
    [InlineData(100, 2.3, true)]
    public void A_dismissal_in_an_earlier_session_raises_what_the_detector_must_show(int dismissals, double score, bool found)
    {
        var story = new Story().Knows(dismissals).Scores(score).Watches(60, score);
        Assert.Equal(found, story.Last.Verdict.Basis == VerdictBasis.DetectorReview);
        if (found && dismissals > 0)
            Assert.Contains("for what is known of the stream", story.TheOpen.Facts[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_declaration_lowers_it_also_after_it_ended()
    {
        var stranger = new Story().Scores(0.6).Watches(60, score: 0.6);
        Assert.Equal(VerdictBasis.None, stranger.Last.Verdict.Basis);
        var declared = new Story().Claims(AigcAttribute.Generated, ClaimSource.Api).Scores(0.6).Watches(30, score: 0.6).Withdraws().Watches(60, score: 0.6);
        Assert.Equal(VerdictBasis.DetectorReview, declared.Last.Verdict.Basis);
        // Metadata may be another stream's leftover; it is a claim while it is there and no history.
        var carried = new Story().Claims(AigcAttribute.Generated).Scores(0.6).Watches(30, score: 0.6).Withdraws().Watches(60, score: 0.6);
        Assert.Equal(VerdictBasis.None, carried.Last.Verdict.Basis);
    }

    private static Story Judge(MeasuredLevels? levels, double score) =>
        new Story(new JudgePolicy { Detector = new SequentialOptions { Levels = levels } }).Scores(score).Watches(60, score);
}
