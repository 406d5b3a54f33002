using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;
using static IntegrityGate.Enforcement.Tests.Judging.Story;

namespace IntegrityGate.Enforcement.Tests.Judging;

public sealed class JudgeStories
{
    [Trait("Rule", "cn-2025.label.present")]
    [Fact]
    public void Declared_without_a_label_is_stamped_before_the_second_gop()
    {
        var story = new Story().Claims(AigcAttribute.Generated).At(0).Sees();
        Assert.Null(story.Last.Stamp);
        Assert.Equal(TimeSpan.FromMilliseconds(500), story.Last.Look.Next);
        Assert.True(story.Last.Look.ReadText);

        story.At(0.5).Sees();
        Assert.Equal("AI生成", story.Last.Stamp!.Text);
        Assert.Equal(0.055, story.Last.Stamp.HeightFraction, 6);
        Assert.True(story.Last.Look.KeepEvidence);
        var incident = story.TheOpen;
        Assert.Equal(("cn-2025.label.present", ViolationCode.LabelMissing, Tier.Confirmed, EnforcementAct.Stamp), (incident.Rule.Id, incident.Violation, incident.Tier, incident.Action));
        Assert.Equal(["e500"], incident.EvidenceIds);
        Assert.Equal(["claim", "text"], incident.Facts.Select(fact => fact.Kind));

        story.Watches(60).Ends();
        Assert.Null(story.Last.Stamp);
        Assert.Equal("the stream ended", story.Changes[^1].Incident.CloseReason);
        Assert.Single(story.Changes, change => change.Kind == IncidentChangeKind.Opened);
    }

    [Fact]
    public void A_labelled_stream_stays_quiet()
    {
        var story = new Story().Claims(AigcAttribute.Generated).Sees(Good()).Watches(120, lines: Good());
        Assert.Empty(story.Changes);
        Assert.All(story.Judgements, judgement => Assert.Null(judgement.Stamp));
        Assert.Equal(Tier.Confirmed, story.Last.Verdict.Tier);
    }

    [Fact]
    public void A_label_on_the_start_frame_for_2_s_is_enough_without_the_continuous_rule()
    {
        var story = new Story().Claims(AigcAttribute.Generated).Sees(Good()).Watches(2, lines: Good()).Watches(120);
        Assert.Empty(story.Changes);
    }

    [Fact]
    public void An_ordinary_stream_stays_quiet_and_is_read_every_ten_seconds()
    {
        var story = new Story().Sees(Line("今日特价 9.9", 40)).Watches(100, score: -1.2, Line("今日特价 9.9", 40));
        Assert.Empty(story.Changes);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.InRange(story.Judgements.Count(judgement => judgement.Look.ReadText), 8, 14);
        Assert.Equal(TimeSpan.FromSeconds(2), story.Last.Look.Next);
    }

    [Fact]
    public void Turns_AI_and_back_by_declaration()
    {
        var story = new Story().Sees().Watches(30).Claims(AigcAttribute.Generated, ClaimSource.Api, from: 30);
        Assert.Equal((Tier.Possible, VerdictBasis.Declaration), (story.Last.Verdict.Tier, story.Last.Verdict.Basis));
        Assert.Null(story.Last.Stamp);
        story.Watches(33);
        Assert.Equal("可能为AI生成", story.Last.Stamp!.Text);
        Assert.Equal(30_000, story.TheOpen.MediaFrom.Milliseconds);

        story.At(60).Withdraws();
        Assert.Null(story.Last.Stamp);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.Empty(story.Open);
        Assert.Equal("the claim was withdrawn", story.Changes[^1].Incident.CloseReason);

        story.Claims(AigcAttribute.Generated, ClaimSource.Api, id: "again", from: 60).Watches(63);
        Assert.Equal("i2", story.TheOpen.Id);
    }

    [Fact]
    public void A_claim_with_an_end_ends_by_itself()
    {
        var story = new Story().Claims(AigcAttribute.Possible, ClaimSource.Api, from: 10, until: 20).Sees().Watches(9);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        story.Watches(19);
        Assert.Equal(Tier.Possible, story.Last.Verdict.Tier);
        Assert.Single(story.Open);
        story.Watches(24);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.Empty(story.Open);
    }

    [Fact]
    public void The_publishers_own_label_ends_the_stamp_and_closes_the_incident()
    {
        var story = new Story().Claims(AigcAttribute.Generated).Sees().Watches(10).Splices(SpliceState.Stamping);
        Assert.NotNull(story.Last.Stamp);
        story.Watches(20, lines: Good());
        Assert.Null(story.Last.Stamp);
        Assert.Equal("the publisher's own label meets the duty", story.Changes[^1].Incident.CloseReason);
    }

    [Fact]
    public void A_label_that_is_too_small_is_named_and_stamped_over()
    {
        var story = new Story().Claims(AigcAttribute.Generated).Sees(Line("AI生成", 24)).Watches(5, lines: Line("AI生成", 24));
        var incident = story.TheOpen;
        Assert.Equal(("cn-2025.label.height", ViolationCode.LabelTooSmall), (incident.Rule.Id, incident.Violation));
        var fact = Assert.Single(incident.Facts, fact => fact.Kind == "text");
        Assert.Equal((24d, 36d), (fact.GlyphHeight, fact.Threshold));
        Assert.NotNull(story.Last.Stamp);
    }

    [Fact]
    public void A_missing_label_that_turns_up_too_small_changes_the_incident_never_two_at_once()
    {
        var story = new Story().Claims(AigcAttribute.Generated).Sees().Watches(10).Watches(20, lines: Line("AI生成", 20));
        Assert.Equal(
            [(IncidentChangeKind.Opened, "cn-2025.label.present"), (IncidentChangeKind.Closed, "cn-2025.label.present"), (IncidentChangeKind.Opened, "cn-2025.label.height")],
            story.Changes.Where(change => change.Kind != IncidentChangeKind.Updated).Select(change => (change.Kind, change.Incident.Rule.Id)));
        Assert.Equal("superseded by cn-2025.label.height", story.Changes.First(change => change.Kind == IncidentChangeKind.Closed).Incident.CloseReason);
    }

    [Trait("Rule", "cn-live-commerce.label.continuous")]
    [Fact]
    public void Under_the_continuous_rule_a_label_that_vanishes_is_missed()
    {
        var policy = new JudgePolicy { Continuous = true };
        var story = new Story(policy).Claims(AigcAttribute.Generated).Sees(Good()).Watches(30, lines: Good());
        Assert.Empty(story.Changes);
        story.Watches(40);
        Assert.Equal(("cn-live-commerce.label.continuous", ViolationCode.LabelMissing), (story.TheOpen.Rule.Id, story.TheOpen.Violation));
        Assert.NotNull(story.Last.Stamp);
        story.Watches(50, lines: Good());
        Assert.Empty(story.Open);
        Assert.Null(story.Last.Stamp);
    }

    [Fact]
    public void The_continuous_switch_does_nothing_without_the_pack()
    {
        var story = new Story(new JudgePolicy { Continuous = true }, "cn-2025").Claims(AigcAttribute.Generated).Sees(Good()).Watches(30, lines: Good()).Watches(60);
        Assert.Empty(story.Changes);
    }

    [Fact]
    public void The_detector_above_review_opens_a_review_and_leaves_the_picture_alone()
    {
        var story = new Story().Scores(1.2).Watches(20, score: 1.2);
        var incident = story.TheOpen;
        Assert.Equal((Tier.Suspected, VerdictBasis.DetectorReview, Severity.Review, EnforcementAct.Report), (incident.Tier, incident.Basis, incident.Severity, incident.Action));
        Assert.All(story.Judgements, judgement => Assert.Null(judgement.Stamp));
        var fact = incident.Facts.First(fact => fact.Kind == "synthetic");
        Assert.Equal((0.76, Model), (fact.Threshold!.Value, fact.Model));
        Assert.Equal(1.2, fact.Score!.Value, 6);
        Assert.True(fact.Samples >= 5);
    }

    [Fact]
    public void The_detector_above_its_stamp_level_stamps()
    {
        var story = new Story().Scores(3).Watches(20, score: 3);
        Assert.Equal("疑似AI生成", story.Last.Stamp!.Text);
        Assert.Equal((VerdictBasis.DetectorStamp, Severity.Violation, EnforcementAct.Stamp), (story.TheOpen.Basis, story.TheOpen.Severity, story.TheOpen.Action));
    }

    [Fact]
    public void A_policy_may_stamp_from_the_review_level()
    {
        var story = new Story(new JudgePolicy { DetectorReview = EnforcementAct.Stamp }).Scores(1.2).Watches(20, score: 1.2);
        Assert.NotNull(story.Last.Stamp);
        Assert.Equal(Severity.Violation, story.TheOpen.Severity);
    }

    [Fact]
    public void A_dismissal_silences_the_detector_for_the_session()
    {
        var story = new Story().Scores(1.2).Watches(20, score: 1.2).Reviews(ReviewDecision.Dismissed);
        Assert.Empty(story.Open);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.Equal("dismissed by li", story.Changes[^1].Incident.CloseReason);
        Assert.Equal(ReviewDecision.Dismissed, story.Changes[^1].Incident.Review!.Decision);
        var told = story.Changes.Count;
        story.Watches(600, score: 4);
        Assert.Equal(told, story.Changes.Count);
        Assert.Null(story.Last.Stamp);

        // The publisher's own word is not silenced.
        story.Claims(AigcAttribute.Generated).Watches(605);
        Assert.NotNull(story.Last.Stamp);
    }

    [Fact]
    public void A_confirmation_stamps_on_the_reviewers_word()
    {
        var story = new Story().Scores(1.2).Watches(20, score: 1.2).Reviews(ReviewDecision.Confirmed);
        Assert.Equal((Tier.Suspected, VerdictBasis.Reviewer), (story.Last.Verdict.Tier, story.Last.Verdict.Basis));
        Assert.Equal("疑似AI生成", story.Last.Stamp!.Text);
        Assert.Equal((Severity.Violation, EnforcementAct.Stamp), (story.TheOpen.Severity, story.TheOpen.Action));
        story.Watches(400, score: -2);
        Assert.NotNull(story.Last.Stamp);
        story.Reviews(ReviewDecision.Dismissed);
        Assert.Null(story.Last.Stamp);
    }

    [Fact]
    public void A_closed_incident_can_still_be_reviewed()
    {
        var story = new Story().Scores(1.2).Watches(20, score: 1.2);
        var id = story.TheOpen.Id;
        story.Watches(300, score: -3);
        Assert.Empty(story.Open);
        story.Reviews(ReviewDecision.Confirmed, id);
        Assert.Contains(story.Last.Changes, change => change.Kind == IncidentChangeKind.Updated && change.Incident.Id == id && change.Incident.Review is not null);
        Assert.Equal(VerdictBasis.Reviewer, story.Last.Verdict.Basis);
        Assert.NotNull(story.Last.Stamp);
    }

    [Fact]
    public void Dismissing_a_declared_violation_waives_the_label_until_a_stronger_ground()
    {
        var story = new Story().Claims(AigcAttribute.Generated, ClaimSource.PublishQuery, id: "q").Sees().Watches(5).Reviews(ReviewDecision.Dismissed).Watches(60);
        Assert.Empty(story.Open);
        Assert.Null(story.Last.Stamp);
        Assert.Equal(Tier.Possible, story.Last.Verdict.Tier);
        story.Claims(AigcAttribute.Generated).Watches(70);
        Assert.Single(story.Open);
        Assert.NotNull(story.Last.Stamp);
    }

    [Fact]
    public void A_late_declaration_raises_the_tier_and_the_wording_at_once()
    {
        var story = new Story().Scores(3).Watches(20, score: 3);
        Assert.Equal("疑似AI生成", story.Last.Stamp!.Text);
        story.Claims(AigcAttribute.Generated, ClaimSource.Api);
        Assert.Equal("可能为AI生成", story.Last.Stamp!.Text);
        Assert.Equal(IncidentChangeKind.Updated, Assert.Single(story.Last.Changes).Kind);
        story.Claims(AigcAttribute.Generated, id: "meta");
        Assert.Equal("AI生成", story.Last.Stamp!.Text);
        Assert.Equal(Tier.Confirmed, story.TheOpen.Tier);
    }

    [Fact]
    public void An_explicit_label_without_any_claim_is_a_trace_and_meets_the_duty_itself()
    {
        var story = new Story().Sees(Good()).Watches(30, lines: Good());
        Assert.Equal((Tier.Suspected, VerdictBasis.VisibleMark), (story.Last.Verdict.Tier, story.Last.Verdict.Basis));
        Assert.Empty(story.Changes);
    }

    [Fact]
    public void A_forced_stamp_overrides_the_rules_until_it_is_released()
    {
        var story = new Story().Sees().Forces(ForcedStamp.On);
        Assert.Equal("疑似AI生成", story.Last.Stamp!.Text);
        Assert.Empty(story.Open);
        story.Watches(30);
        Assert.NotNull(story.Last.Stamp);
        story.Forces(ForcedStamp.None);
        Assert.Null(story.Last.Stamp);
    }

    [Fact]
    public void A_lifted_stamp_stays_off_and_the_incident_says_so()
    {
        var story = new Story().Claims(AigcAttribute.Generated).Sees().Watches(5).Forces(ForcedStamp.Off);
        Assert.Null(story.Last.Stamp);
        Assert.Equal(EnforcementAct.Report, story.TheOpen.Action);
        story.Watches(30);
        Assert.Null(story.Last.Stamp);
        story.Forces(ForcedStamp.None);
        Assert.NotNull(story.Last.Stamp);
        Assert.Equal(EnforcementAct.Stamp, story.TheOpen.Action);
    }

    [Fact]
    public void A_stamp_that_cannot_be_made_is_critical_and_its_own_incident()
    {
        var story = new Story().Claims(AigcAttribute.Generated).Sees().Watches(5).Splices(SpliceState.Cannot, "the source has no IDR");
        Assert.Equal(["cn-2025.label.present", "gate.stamp.impossible"], story.Open.Select(incident => incident.Rule.Id));
        Assert.All(story.Open, incident => Assert.Equal((Severity.Critical, EnforcementAct.Report), (incident.Severity, incident.Action)));
        Assert.False(story.Last.Block);
        story.Splices(SpliceState.Stamping);
        Assert.Equal((Severity.Violation, EnforcementAct.Stamp), (story.TheOpen.Severity, story.TheOpen.Action));
    }

    [Fact]
    public void Fail_closed_blocks_when_the_stamp_cannot_be_made()
    {
        var story = new Story(new JudgePolicy { CannotStamp = EnforcementAct.Block }).Claims(AigcAttribute.Generated).Sees().Watches(5);
        Assert.False(story.Last.Block);
        story.Splices(SpliceState.Cannot, "encoder");
        Assert.True(story.Last.Block);
    }

    [Fact]
    public void A_block_policy_ends_the_stream_once_the_label_is_missing()
    {
        var story = new Story(new JudgePolicy { Metadata = EnforcementAct.Block }).Claims(AigcAttribute.Generated).Sees();
        Assert.False(story.Last.Block);
        story.Watches(1);
        Assert.True(story.Last.Block);
        Assert.Equal(EnforcementAct.Block, story.TheOpen.Action);
        story.Forces(ForcedStamp.Off);
        Assert.False(story.Last.Block);
    }

    [Fact]
    public void Observe_keeps_the_incident_and_does_nothing()
    {
        var story = new Story(new JudgePolicy { Metadata = EnforcementAct.Observe }).Claims(AigcAttribute.Generated).Sees().Watches(5);
        Assert.Equal(EnforcementAct.Observe, story.TheOpen.Action);
        Assert.Null(story.Last.Stamp);
    }

    [Trait("Rule", "cn-2025.label.duration")]
    [Fact]
    public void A_minimum_stamp_lasts_its_2_s_once_for_a_stretch()
    {
        var story = new Story(new JudgePolicy { StampFor = StampDuration.Minimum }).Claims(AigcAttribute.Generated).Sees().Watches(2).Splices(SpliceState.Stamping);
        Assert.NotNull(story.Last.Stamp);
        story.At(3.999).Sees();
        Assert.NotNull(story.Last.Stamp);
        story.At(4).Sees();
        Assert.Null(story.Last.Stamp);
        Assert.Equal("the label was stamped for the least time", story.Changes[^1].Incident.CloseReason);
        story.Splices(SpliceState.Forwarding).Watches(60);
        Assert.Null(story.Last.Stamp);
        Assert.Empty(story.Open);
    }

    [Fact]
    public void A_gap_is_reported_and_closed_when_looking_begins_again()
    {
        var story = new Story().Sees().At(10).Tell((at, wall) => new GapSeen(at, wall, new InspectionGap(new(4000), at, GateFault.DecoderFailed, "hung")));
        Assert.Equal(("gate.inspection.gap", ViolationCode.InspectionGap), (story.TheOpen.Rule.Id, story.TheOpen.Violation));
        Assert.Equal(4000, story.TheOpen.MediaFrom.Milliseconds);
        story.At(20).Tell((at, wall) => new GapSeen(at, wall, new InspectionGap(new(9000), at, GateFault.DecoderFailed, "hung")));
        Assert.Equal(20_000, story.TheOpen.MediaUntil.Milliseconds);
        story.At(21).Tell((at, wall) => new GapEnded(at, wall));
        Assert.Empty(story.Open);
    }

    [Fact]
    public void A_dismissed_gap_stays_closed_until_the_next_gap()
    {
        Story Gap(Story told) => told.Tell((at, wall) => new GapSeen(at, wall, new InspectionGap(at, at, GateFault.DetectorFailed, "none")));
        var story = Gap(new Story(new JudgePolicy { Gap = EnforcementAct.Block }).At(1));
        Assert.True(story.Last.Block);
        story.Reviews(ReviewDecision.Dismissed);
        Assert.False(story.Last.Block);
        Gap(story.At(2));
        Assert.Empty(story.Open);
        Gap(story.At(3).Tell((at, wall) => new GapEnded(at, wall)).At(4));
        Assert.Single(story.Open);
    }

    [Fact]
    public void Updates_come_at_most_once_a_second_and_progress_every_ten()
    {
        var story = new Story().Claims(AigcAttribute.Generated).Sees();
        for (var at = 0.1; at < 60; at += 0.1)
            story.At(at).Sees(Line("text", 30));
        var updates = story.Changes.Where(change => change.Kind == IncidentChangeKind.Updated).Select(change => change.Incident.UpdatedAt).ToArray();
        Assert.InRange(updates.Length, 5, 7);
        Assert.All(updates.Zip(updates.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void News_at_every_look_is_told_once_a_second_and_a_change_of_tier_at_once()
    {
        var story = new Story().Claims(AigcAttribute.Suspected).Sees();
        for (var i = 1; i < 100; i++)
            story.At(i * 0.1).Sees(Line($"AI生成{i}", 20));
        var updates = story.Changes.Where(change => change.Kind == IncidentChangeKind.Updated).Select(change => change.Incident.UpdatedAt).ToArray();
        Assert.InRange(updates.Length, 7, 10);
        Assert.All(updates.Zip(updates.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1)));
        Assert.Equal(Incident.MaxFacts, story.TheOpen.Facts.Count);
        Assert.Equal("claim", story.TheOpen.Facts[0].Kind);

        story.Claims(AigcAttribute.Generated);
        Assert.Equal(Tier.Confirmed, Assert.Single(story.Last.Changes).Incident.Tier);
    }

    [Fact]
    public void A_policy_reload_takes_effect_at_once()
    {
        var story = new Story().Scores(1.2).Watches(20, score: 1.2);
        Assert.Null(story.Last.Stamp);
        story.Tell((at, wall) => new PolicyChanged(at, wall, new JudgePolicy { DetectorReview = EnforcementAct.Stamp }));
        Assert.NotNull(story.Last.Stamp);
        story.Tell((at, wall) => new PolicyChanged(at, wall, new JudgePolicy { DetectorReview = EnforcementAct.Observe }));
        Assert.Null(story.Last.Stamp);
        Assert.Equal(EnforcementAct.Observe, story.TheOpen.Action);
    }

    [Fact]
    public void A_clock_that_begins_anew_does_not_blind_the_judge()
    {
        var story = new Story().Sees().Watches(100).Claims(AigcAttribute.Generated).At(0).Sees().At(0.5).Sees();
        Assert.NotNull(story.Last.Stamp);
        Assert.True(story.TheOpen.MediaFrom <= story.TheOpen.MediaUntil);
    }

    [Fact]
    public void A_claim_for_the_whole_stream_counts_from_the_new_clocks_beginning()
    {
        var story = new Story().At(1000).Sees().Watches(1100).At(3).Sees().Claims(AigcAttribute.Generated).Watches(6);
        Assert.Equal(3000, story.Last.Verdict.Since.Milliseconds);
        Assert.NotNull(story.Last.Stamp);
    }

    [Fact]
    public void After_the_end_nothing_happens_any_more()
    {
        var story = new Story().Claims(AigcAttribute.Generated).Sees().Watches(5).Ends();
        var told = story.Changes.Count;
        story.Watches(10).Forces(ForcedStamp.On);
        Assert.Equal(told, story.Changes.Count);
        Assert.Null(story.Last.Stamp);
    }

    [Fact]
    public void Packs_that_ask_for_labels_without_wording_are_refused()
    {
        var packs = IntegrityGate.Enforcement.Rules.RulePackLibrary.Shipped.Select(["cn-2025"]).Select(pack => pack with { Wording = null }).ToArray();
        Assert.Throws<ArgumentException>(() => new Judge(new JudgeContext(new StreamId("s"), "x", packs, new JudgePolicy(), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), () => "i"));
    }
}
