using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Enforcement.Judging;

namespace IntegrityGate.Enforcement.Tests.Judging;

/// <summary>Which streams may be looked at with less. The review level is 0.76; a stream is clear half a logit under it.</summary>
public sealed class LookStandingTests
{
    [Fact]
    public void A_stream_is_new_for_its_first_five_scores_and_clean_from_then_on()
    {
        var story = new Story();
        for (var i = 1; i <= 5; i++)
            Assert.Equal(i < 5 ? LookStanding.New : LookStanding.Clean, story.At(2 * i).Scores(-1).Last.Look.Standing);
    }

    [Theory]
    [InlineData(0.25, LookStanding.Clean)]
    [InlineData(0.27, LookStanding.Suspicious)]
    [InlineData(0.5, LookStanding.Suspicious)]
    [InlineData(1.0, LookStanding.Suspicious)]
    [InlineData(3.0, LookStanding.Suspicious)]
    public void Nearness_of_the_mean_to_the_review_level_makes_it_suspicious(double mean, LookStanding expected) =>
        Assert.Equal(expected, new Story().Watches(30, mean).Last.Look.Standing);

    [Fact]
    public void One_high_score_makes_a_new_stream_suspicious() =>
        Assert.Equal(LookStanding.Suspicious, new Story().At(1).Scores(2).Last.Look.Standing);

    [Fact]
    public void Frames_that_are_no_evidence_do_not_keep_a_stream_new()
    {
        var story = new Story();
        for (var i = 1; i <= 6; i++)
            story.At(2 * i).Scores(-1, outOfScope: "monochrome");
        Assert.Equal(LookStanding.Clean, story.Last.Look.Standing);
    }

    [Fact]
    public void A_claim_makes_a_stream_suspicious_whatever_the_detector_says_and_its_withdrawal_ends_that()
    {
        var story = new Story().Watches(30, -1).Claims(AigcAttribute.Generated);
        Assert.Equal(LookStanding.Suspicious, story.Last.Look.Standing);
        story.Withdraws();
        Assert.Equal(LookStanding.Clean, story.Last.Look.Standing);
    }

    [Fact]
    public void A_stream_whose_suspicion_a_reviewer_dismissed_is_looked_at_with_less_again()
    {
        var story = new Story().Watches(30, 1);
        Assert.Equal(LookStanding.Suspicious, story.Last.Look.Standing);
        story.Reviews(ReviewDecision.Dismissed).Watches(60, 1);
        Assert.Equal(LookStanding.Clean, story.Last.Look.Standing);
    }
}
