using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;

namespace IntegrityGate.Enforcement.Tests.Judging;

/// <summary>What holds for every story whatever happens in it.</summary>
public sealed class JudgeProperties
{
    /// <summary>One event of a random story: what, and a parameter.</summary>
    public readonly record struct Event(int Kind, int Value);

    public static Arbitrary<Event[]> Events() =>
        Gen.Choose(0, (14 * 8) - 1).Select(number => new Event(number / 8, number % 8)).ArrayOf().Resize(120).ToArbitrary();

    [Property(Arbitrary = [typeof(JudgeProperties)], MaxTest = 300)]
    public void At_most_one_open_incident_a_rule_and_one_a_duty(Event[] events)
    {
        var open = new Dictionary<string, Incident>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in Play(events).Changes)
        {
            var incident = change.Incident;
            switch (change.Kind)
            {
                case IncidentChangeKind.Opened:
                    Assert.True(seen.Add(incident.Id));
                    open.Add(incident.Id, incident);
                    break;
                case IncidentChangeKind.Closed:
                    Assert.True(open.Remove(incident.Id));
                    Assert.NotEmpty(incident.CloseReason);
                    Assert.NotNull(incident.ClosedAt);
                    break;
                default:
                    // A late review may change a closed incident; nothing else may.
                    Assert.True(open.ContainsKey(incident.Id) || incident.Review is not null);
                    break;
            }

            Assert.True(open.Values.Select(held => held.Rule.Id).Distinct().Count() == open.Count);
            Assert.True(open.Values.Count(held => held.Violation.StartsWith("label.", StringComparison.Ordinal)) <= 1);
            Assert.True(incident.MediaFrom <= incident.MediaUntil);
            Assert.True(incident.OpenedAt <= incident.UpdatedAt);
            Assert.True(incident.Facts.Count <= Incident.MaxFacts);
        }
    }

    [Property(Arbitrary = [typeof(JudgeProperties)], MaxTest = 300)]
    public void A_stamp_needs_a_verdict_or_an_operators_order(Event[] events)
    {
        var force = ForcedStamp.None;
        foreach (var (input, judgement) in Play(events).Steps)
        {
            if (input is OperatorForced forced)
                force = forced.Force;
            if (judgement.Stamp is { } stamp)
            {
                Assert.NotEqual(ForcedStamp.Off, force);
                Assert.True(force == ForcedStamp.On || (judgement.Verdict.Tier != Tier.None && stamp.Tier == judgement.Verdict.Tier));
                Assert.True(stamp.HeightFraction >= 0.05);
            }
            else
            {
                Assert.NotEqual(ForcedStamp.On, force);
            }
        }
    }

    [Property(Arbitrary = [typeof(JudgeProperties)], MaxTest = 300)]
    public void The_end_of_the_stream_closes_everything_and_takes_the_stamp_off(Event[] events)
    {
        var play = Play(events);
        var states = play.Changes.GroupBy(change => change.Incident.Id).Select(group => group.Last().Incident.State);
        Assert.All(states, state => Assert.Equal(IncidentState.Closed, state));
        Assert.Null(play.End.Stamp);
        Assert.False(play.End.Block);
    }

    [Property(Arbitrary = [typeof(JudgeProperties)], MaxTest = 100)]
    public void The_same_inputs_give_the_same_judgements(Event[] events)
    {
        var one = Play(events);
        var two = Play(events);
        Assert.Equal(one.Steps.Select(step => Describe(step.Judgement)), two.Steps.Select(step => Describe(step.Judgement)));
    }

    [Property(Arbitrary = [typeof(JudgeProperties)], MaxTest = 200)]
    public void An_open_label_incident_under_a_stamping_policy_means_a_stamp_unless_it_is_lifted(Event[] events)
    {
        var force = ForcedStamp.None;
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (input, judgement) in Play(events).Steps)
        {
            if (input is OperatorForced forced)
                force = forced.Force;
            foreach (var change in judgement.Changes.Where(change => change.Incident.Violation.StartsWith("label.", StringComparison.Ordinal)))
            {
                if (change.Incident.State == IncidentState.Open)
                    open.Add(change.Incident.Id);
                else
                    open.Remove(change.Incident.Id);
            }

            if (force == ForcedStamp.None)
                Assert.Equal(open.Count > 0 && judgement.Verdict.Basis != VerdictBasis.DetectorReview, judgement.Stamp is not null);
        }
    }

    [Property(MaxTest = 200)]
    public void The_order_in_which_claims_come_does_not_matter(int seed)
    {
        var random = new Random(seed);
        var claims = Enumerable.Range(0, 6).Select(i => (Attribute: (AigcAttribute)random.Next(1, 4), Source: (ClaimSource)random.Next(3), Id: "c" + i)).ToArray();
        var verdicts = Enumerable.Range(0, 4).Select(_ =>
        {
            random.Shuffle(claims);
            var story = new Story().At(0).Sees();
            foreach (var (attribute, source, id) in claims)
                story.Claims(attribute, source, id);
            story.At(0.5).Sees();
            return (story.Last.Verdict.Tier, story.Last.Verdict.Basis, story.Last.Stamp);
        });
        Assert.Single(verdicts.Distinct());
    }

    private static string Describe(Judgement judgement) =>
        $"{judgement.Verdict} {judgement.Stamp} {judgement.Block} {judgement.Look} {string.Join(';', judgement.Changes.Select(change => $"{change.Kind} {change.Incident} {string.Join(',', change.Incident.Facts)}"))}";

    private sealed record Played(IReadOnlyList<(JudgeInput Input, Judgement Judgement)> Steps, Judgement End, IReadOnlyList<IncidentChange> Changes);

    private static Played Play(Event[] events)
    {
        var story = new Story(new JudgePolicy { Continuous = events.Length % 2 == 0 });
        var steps = new List<(JudgeInput, Judgement)>();
        foreach (var (kind, value) in events)
        {
            story.At(story.Now + (value * 0.4));
            JudgeInput? told = null;
            switch (kind)
            {
                case 0:
                    story.Claims((AigcAttribute)((value % 3) + 1), (ClaimSource)(value % 3), "c" + (value % 2));
                    break;
                case 1:
                    story.Withdraws("c" + (value % 2));
                    break;
                case 2 or 3:
                    story.Sees();
                    break;
                case 4 or 5:
                    story.Sees(Story.Good());
                    break;
                case 6:
                    story.Sees(Story.Line(value < 4 ? "AI" : "AI生成", 20));
                    break;
                case 7 or 8:
                    story.Scores(value - 2);
                    break;
                case 9:
                    story.Tell((at, wall) => value < 4 ? new GapSeen(at, wall, new InspectionGap(at, at, GateFault.DecoderFailed, "x")) : new GapEnded(at, wall));
                    break;
                case 10:
                    story.Reviews(value < 4 ? ReviewDecision.Dismissed : ReviewDecision.Confirmed, "i" + value);
                    break;
                case 11:
                    told = new OperatorForced(default, default, (ForcedStamp)(value % 3), "x");
                    story.Forces((ForcedStamp)(value % 3));
                    break;
                case 12:
                    story.Splices((SpliceState)(value % 3), "x");
                    break;
                default:
                    // Now and then the publisher's clock begins anew.
                    story.At(value == 0 ? 0 : story.Now).Sees(Story.Line("Kling AI", 20));
                    break;
            }

            steps.Add((told ?? new GapEnded(default, default), story.Last));
        }

        story.Ends();
        return new Played(steps, story.Last, story.Changes);
    }
}
