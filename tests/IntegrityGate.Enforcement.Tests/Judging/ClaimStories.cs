using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Rules;
using static IntegrityGate.Enforcement.Tests.Judging.Story;

namespace IntegrityGate.Enforcement.Tests.Judging;

/// <summary>CAC Measures art. 6 and 10: the three tiers as they follow each other, claims that contradict, and marks that go or change.</summary>
public sealed class ClaimStories
{
    private const string Code = "001191440300708461136T1XGW3";

    [Fact]
    [Trait("Rule", "cn-2025.label.present")]
    public void CAC_Measures_6_the_tiers_have_their_order_and_fall_back_one_by_one()
    {
        var mark = Line("AI生成", 20, x: 1100, y: 680);
        var story = new Story().Sees(mark).At(0.5).Sees(mark);
        Assert.Equal((Tier.Suspected, "疑似AI生成"), (story.Last.Verdict.Tier, story.Last.Stamp!.Text));
        story.At(1).Claims(AigcAttribute.Generated, ClaimSource.PublishQuery, id: "q");
        Assert.Equal((Tier.Possible, "可能为AI生成"), (story.Last.Verdict.Tier, story.Last.Stamp!.Text));
        story.At(2).Brings("""{"Label":"1","ContentProducer":"x","ProduceID":"1"}""");
        Assert.Equal((Tier.Confirmed, "AI生成"), (story.Last.Verdict.Tier, story.Last.Stamp!.Text));
        Assert.Single(story.Changes, change => change.Kind == IncidentChangeKind.Opened);

        story.At(3).Drops();
        Assert.Equal((Tier.Possible, "可能为AI生成"), (story.Last.Verdict.Tier, story.Last.Stamp!.Text));
        story.At(4).Withdraws("q");
        Assert.Equal((Tier.Suspected, "疑似AI生成"), (story.Last.Verdict.Tier, story.Last.Stamp!.Text));
    }

    [Theory]
    [Trait("Rule", "cn-2025.label.present")]
    [InlineData("1", Tier.Confirmed)]
    [InlineData("2", Tier.Possible)]
    [InlineData("3", Tier.Suspected)]
    public void CAC_Measures_6_the_tier_and_the_Label_of_the_metadata_agree(string label, Tier tier)
    {
        var story = new Story().Brings($$"""{"Label":"{{label}}"}""").Sees().At(1).Sees();
        Assert.Equal(tier, story.Last.Verdict.Tier);
        Assert.Equal(label, PropagatorMark.LabelFor(tier));
    }

    [Fact]
    [Trait("Rule", "cn-2025.label.present")]
    public void CAC_Measures_6_2_a_late_declaration_for_the_whole_stream_is_broken_from_its_beginning()
    {
        var story = new Story().Sees().Watches(600).Claims(AigcAttribute.Generated, ClaimSource.Api);
        Assert.Equal(0, story.Last.Verdict.Since.Milliseconds);
        // The looks of ten minutes without a label count at once.
        Assert.Equal(("cn-2025.label.present", 0L), (story.TheOpen.Rule.Id, story.TheOpen.MediaFrom.Milliseconds));
        Assert.Equal("可能为AI生成", story.Last.Stamp!.Text);
    }

    [Fact]
    [Trait("Rule", "cn-2025.claim.contradiction")]
    public void CAC_Measures_10_declared_human_and_metadata_says_AI_is_a_finding_of_its_own()
    {
        var story = new Story().Claims(AigcAttribute.NotGenerated, ClaimSource.PublishQuery, id: "q").Sees(Good());
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.Empty(story.Open);
        story.At(1).Brings("""{"Label":"1","ContentProducer":"x","ProduceID":"1"}""").Watches(10, lines: Good());
        var incident = story.TheOpen;
        Assert.Equal(("cn-2025.claim.contradiction", ViolationCode.ClaimContradiction, Severity.Review, EnforcementAct.Report), (incident.Rule.Id, incident.Violation, incident.Severity, incident.Action));
        Assert.Equal(["The publisher declares it not AI-generated.", "The metadata's implicit label says AI-generated."], incident.Facts.Select(fact => fact.Text));
        Assert.Equal(1000, incident.MediaFrom.Milliseconds);
        // The stronger claim holds; the label is there, so nothing else is broken.
        Assert.Equal(Tier.Confirmed, story.Last.Verdict.Tier);
        story.Withdraws("q");
        Assert.Empty(story.Open);
        Assert.Equal("the claims agree again", story.Changes[^1].Incident.CloseReason);
    }

    [Fact]
    public void A_declaration_of_human_lowers_nothing_and_contradicts_no_detector()
    {
        var story = new Story().Claims(AigcAttribute.NotGenerated, ClaimSource.Api).Scores(3).Watches(20, score: 3);
        Assert.Equal((Tier.Suspected, VerdictBasis.DetectorStamp), (story.Last.Verdict.Tier, story.Last.Verdict.Basis));
        Assert.Equal("cn-2025.label.present", story.TheOpen.Rule.Id);
    }

    [Fact]
    public void Claims_for_different_times_do_not_contradict_each_other()
    {
        var story = new Story().Claims(AigcAttribute.NotGenerated, ClaimSource.Api, id: "h", until: 30).Claims(AigcAttribute.Generated, ClaimSource.Api, id: "a", from: 30);
        story.Sees(Good()).Watches(60, lines: Good());
        Assert.Empty(story.Changes);
    }

    [Fact]
    [Trait("Rule", "cn-2025.mark.removed")]
    [Trait("Rule", "in-2026.mark.removed")]
    public void CAC_Measures_10_a_mark_seen_before_and_gone_later_in_the_stream_is_a_finding()
    {
        var story = new Story().Brings("""{"Label":"1","ContentProducer":"x","ProduceID":"42"}""").Sees(Good()).Watches(30, lines: Good());
        Assert.Empty(story.Open);
        story.Drops();
        var incident = story.TheOpen;
        Assert.Equal(("cn-2025.mark.removed", ViolationCode.MarkRemoved, Severity.Review), (incident.Rule.Id, incident.Violation, incident.Severity));
        Assert.Equal("The metadata said before: Label \"1\", ProduceID \"42\".", Assert.Single(incident.Facts).Text);
        story.Watches(60, lines: Good()).Brings("""{"Label":"1","ContentProducer":"x","ProduceID":"42"}""");
        Assert.Empty(story.Open);
        Assert.Equal("the implicit label is back", story.Changes[^1].Incident.CloseReason);
        Assert.Equal("in-2026.mark.removed", new Story(null, "in-2026").Brings("""{"Label":"1"}""").At(1).Drops().TheOpen.Rule.Id);
    }

    [Fact]
    public void A_stream_that_never_had_a_mark_misses_none()
    {
        var story = new Story().Claims(AigcAttribute.Generated, ClaimSource.Api).Sees(Good()).Watches(5, lines: Good()).Withdraws().Watches(10);
        Assert.DoesNotContain(story.Changes, change => change.Incident.Violation.StartsWith("mark.", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Rule", "cn-2025.mark.removed")]
    public void A_reviewer_who_confirms_a_removed_mark_says_that_the_content_is_AI()
    {
        var story = new Story().Brings("""{"Label":"1"}""").Sees(Good()).Watches(5, lines: Good()).Drops();
        story.Reviews(ReviewDecision.Confirmed).Watches(200);
        Assert.Equal((Tier.Suspected, VerdictBasis.Reviewer), (story.Last.Verdict.Tier, story.Last.Verdict.Basis));

        story = new Story().Brings("""{"Label":"1"}""").Sees(Good()).Watches(5, lines: Good()).Drops();
        story.Reviews(ReviewDecision.Dismissed);
        Assert.Empty(story.Open);
        // The detector is not silenced by it.
        story.Watches(400, score: 3);
        Assert.Equal(VerdictBasis.DetectorStamp, story.Last.Verdict.Basis);
    }

    [Theory]
    [Trait("Rule", "cn-2025.mark.forged")]
    // Under the same content number: another producer, other protection data, a weaker label, one that cannot be read.
    [InlineData("""{"Label":"1","ContentProducer":"y","ProduceID":"42"}""", true)]
    [InlineData("""{"Label":"1","ContentProducer":"x","ProduceID":"42","ReservedCode1":"ab"}""", true)]
    [InlineData("""{"Label":"3","ContentProducer":"x","ProduceID":"42"}""", true)]
    [InlineData("""no json""", true)]
    // What a propagator may write, a stronger label, and other content.
    [InlineData("""{"Label":"1","ContentProducer":"x","ProduceID":"42","ContentPropagator":"z","PropagateID":"7","ReservedCode2":"c"}""", false)]
    [InlineData("""{"Label":"3","ContentProducer":"y","ProduceID":"43"}""", false)]
    [InlineData("""{"Label":"1","ContentProducer":"x","ProduceID":"42"}""", false)]
    public void CAC_Measures_10_a_mark_that_changes_under_its_content_number_is_altered(string then, bool forged)
    {
        var story = new Story().Brings("""{"Label":"1","ContentProducer":"x","ProduceID":"42"}""").Sees(Good()).Watches(5, lines: Good()).Brings(then);
        Assert.Equal(forged ? ["cn-2025.mark.forged"] : [], story.Open.Select(incident => incident.Rule.Id));
        story.Brings("""{"Label":"1","ContentProducer":"x","ProduceID":"42"}""");
        Assert.Empty(story.Open);
    }

    [Theory]
    [Trait("Rule", "cn-2025.mark.forged")]
    [InlineData(Code, false)]
    [InlineData("001191440300708461137T1XGW3", true)] // one digit further
    [InlineData("Minimax Agent AI", false)]
    [InlineData("002191440300708461137T1XGW3", false)] // another kind of subject: not known
    public void CAC_Measures_10_a_provider_code_with_a_wrong_check_character_is_forged(string producer, bool forged)
    {
        var story = new Story().Brings($$"""{"Label":"1","ContentProducer":"{{producer}}","ProduceID":"1"}""").Sees(Good()).Watches(5, lines: Good());
        Assert.Equal(forged ? ["cn-2025.mark.forged"] : [], story.Open.Select(incident => incident.Rule.Id));
    }

    [Fact]
    [Trait("Rule", "cn-2025.label.present")]
    public void The_law_of_a_day_is_that_days_for_a_stream_that_lasts()
    {
        var packs = RulePackLibrary.Shipped.Select(["cn-2025"]);
        var story = new Story(new DateTimeOffset(2025, 8, 31, 23, 59, 50, TimeSpan.Zero), packs).Claims(AigcAttribute.Generated).Sees().Watches(9.9);
        Assert.Empty(story.Changes);
        Assert.Null(story.Last.Stamp);
        story.Watches(15);
        Assert.Equal("cn-2025.label.present", story.TheOpen.Rule.Id);
        Assert.InRange(story.TheOpen.MediaFrom.Milliseconds, 9_900, 12_000);
        Assert.NotNull(story.Last.Stamp);
    }

    [Fact]
    public void A_rule_that_ends_ends_for_a_stream_that_lasts()
    {
        var packs = RulePackLibrary.Shipped.Select(["cn-2025"])
            .Select(pack => pack with { Rules = [.. pack.Rules.Select(rule => rule is LabelPresenceRule ? rule with { InForceUntil = new DateOnly(2026, 10, 2) } : rule)] }).ToArray();
        var story = new Story(new DateTimeOffset(2026, 10, 1, 23, 59, 50, TimeSpan.Zero), packs).Claims(AigcAttribute.Generated).Sees().Watches(5);
        Assert.NotNull(story.Last.Stamp);
        story.Watches(15);
        Assert.Null(story.Last.Stamp);
        Assert.Empty(story.Open);
    }

    [Theory]
    [Trait("Rule", "eu-aia-50.label.present")]
    [Trait("Rule", "in-2026.label.present")]
    [Trait("Rule", "kr.label.present")]
    [InlineData("eu-aia-50", "AI Act Art. 50(4)", Severity.Review, "AI GENERATED")]
    [InlineData("in-2026", "Rule 3(3)(a)(ii)", Severity.Violation, "AI GENERATED")]
    [InlineData("kr", "AI Basic Act art. 31", Severity.Review, "AI 생성물")]
    public void AI_content_without_a_label_is_reported_and_stamped_in_each_jurisdiction(string pack, string clause, Severity severity, string text)
    {
        var story = new Story(null, pack).Claims(AigcAttribute.Generated).Sees().Watches(5);
        Assert.Equal((pack + ".label.present", severity), (story.TheOpen.Rule.Id, story.TheOpen.Severity));
        Assert.StartsWith(clause, story.TheOpen.Rule.Clause, StringComparison.Ordinal);
        Assert.Equal(text, story.Last.Stamp!.Text);
        Assert.Empty(new Story(null, pack).Claims(AigcAttribute.Generated).Sees(Good(text)).Watches(5, lines: Good(text)).Changes);
    }
}
