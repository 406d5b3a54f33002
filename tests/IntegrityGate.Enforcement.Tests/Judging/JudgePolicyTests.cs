using IntegrityGate.Core.Judging;
using IntegrityGate.Enforcement.Judging;

namespace IntegrityGate.Enforcement.Tests.Judging;

public sealed class JudgePolicyTests
{
    [Fact]
    public void The_default_stamps_on_every_ground_but_the_detectors_review_level_and_a_label_that_was_heard()
    {
        var policy = new JudgePolicy();
        foreach (var basis in Enum.GetValues<VerdictBasis>())
        {
            var act = basis switch { VerdictBasis.None => EnforcementAct.Observe, VerdictBasis.DetectorReview or VerdictBasis.AudibleMark => EnforcementAct.Report, _ => EnforcementAct.Stamp };
            Assert.Equal(act, policy.For(basis));
        }

        Assert.Empty(JudgePolicyValidator.Validate(policy, "policy"));
    }

    [Fact]
    public void All_faults_of_a_policy_are_named_at_once_with_their_paths()
    {
        var policy = new JudgePolicy
        {
            HeightMargin = 0.9,
            Gap = EnforcementAct.Stamp,
            CannotStamp = (EnforcementAct)9,
            DetectorStamp = EnforcementAct.Observe,
            ForcedTier = Tier.None,
            Detector = new SequentialOptions { Window = 4, MinSamples = 5, Hysteresis = double.NaN },
            Label = new() { HeightTolerance = 1.2, MissingAfterLooks = 0 },
            Looks = new LookOptions { Interval = TimeSpan.Zero, TextInterval = TimeSpan.FromSeconds(-1) },
        };
        var errors = JudgePolicyValidator.Validate(policy, "streams[3].policy");
        Assert.Equal(
            [
                "cannotStamp", "detector.hysteresis", "detector.minSamples", "detectorReview", "forcedTier", "gap", "heightMargin", "label.heightTolerance",
                "label.missingAfterLooks", "looks.interval", "looks.suspicious", "looks.textInterval", "looks.urgent",
            ],
            errors.Select(error => error.Path["streams[3].policy.".Length..]).Order(StringComparer.Ordinal));
        Assert.Contains("0.9", errors.Single(error => error.Path.EndsWith("heightMargin", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Policies_are_compared_by_value() => Assert.Equal(new JudgePolicy { Continuous = true }, new JudgePolicy { Continuous = true });
}
