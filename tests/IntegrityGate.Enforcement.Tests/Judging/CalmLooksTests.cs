using IntegrityGate.Core.Claims;
using IntegrityGate.Enforcement.Judging;

namespace IntegrityGate.Enforcement.Tests.Judging;

/// <summary>A stream that has been quiet for long is looked at less often, until something happens.</summary>
public sealed class CalmLooksTests
{
    private static readonly LookOptions _looks = new();

    [Fact]
    public void After_ten_quiet_minutes_looks_come_half_as_often()
    {
        var story = new Story().At(0).Scores(-1).Watches(590, score: -1);
        Assert.Equal(_looks.Interval, story.Last.Look.Next);
        story.Watches(620, score: -1);
        Assert.Equal(_looks.CalmInterval, story.Last.Look.Next);
    }

    [Fact]
    public void A_claim_ends_the_calm_at_once_and_its_withdrawal_begins_a_new_count()
    {
        var story = new Story().At(0).Scores(-1).Watches(700, score: -1).Claims(AigcAttribute.Generated);
        Assert.Equal(_looks.Interval, story.Last.Look.Next);
        story.Withdraws().Watches(900, score: -1);
        Assert.Equal(_looks.Interval, story.Last.Look.Next);
    }

    [Fact]
    public void A_suspicion_ends_the_calm()
    {
        var story = new Story().At(0).Scores(-1).Watches(700, score: -1).Watches(900, score: Story.Levels.Review - 0.1);
        Assert.Equal(_looks.Suspicious, story.Last.Look.Next);
    }
}
