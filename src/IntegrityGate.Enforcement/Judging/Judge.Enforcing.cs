using System.Globalization;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Enforcement.Labels;

namespace IntegrityGate.Enforcement.Judging;

/// <content>What is done about an unmet duty: stamp, block, and what the incident says.</content>
public sealed partial class Judge
{
    /// <summary>0.05 (GB 45438-2025 5.4): height of stamped labels where no pack asks for one.</summary>
    public const double DefaultHeightFraction = 0.05;

    private bool IsWaived => _stretch?.Waived is { } waived && _ground is { } ground && ground.IsWithin(waived);

    private bool IsLabelDutyOpen => _stretch is { IsMendedByStamp: false, Standing: { Duty: LabelDuty.Violated, Rule: not null } } && !IsWaived;

    private ForcedStamp Force => _order?.Force ?? ForcedStamp.None;

    private StampDirective? Stamp() => Force switch
    {
        ForcedStamp.On => Directive(_order!.Tier ?? (_verdict.Tier == Tier.None ? _policy.ForcedTier : _verdict.Tier), _order.Wording),
        ForcedStamp.Off => null,
        _ => IsLabelDutyOpen && !_labelSlot.IsDismissed && _policy.For(_verdict.Basis) >= EnforcementAct.Stamp ? Directive(_verdict.Tier) : null,
    };

    private StampDirective? Directive(Tier tier, string? text = null) => (text ?? _obligations.TierWording?.For(tier)) is not { } wording
        ? null
        : new StampDirective(tier, wording, (_obligations.Height?.MinHeightFraction ?? DefaultHeightFraction) * _policy.HeightMargin, _policy.Corner);

    private bool MustBlock(StampDirective? stamp) => Force != ForcedStamp.Off
        && ((IsLabelDutyOpen && !_labelSlot.IsDismissed && _policy.For(_verdict.Basis) == EnforcementAct.Block)
            || (_gap is not null && !_gapSlot.IsDismissed && _policy.Gap == EnforcementAct.Block)
            || (stamp is not null && _spliceFault is not null && _policy.CannotStamp == EnforcementAct.Block));

    private Breach? LabelBreach(StampDirective? stamp)
    {
        if (!IsLabelDutyOpen)
            return null;
        var standing = _stretch!.Standing;
        var rule = standing.Rule!;
        var action = ActionFor(stamp);
        var severity = stamp is not null && _spliceFault is not null ? Severity.Critical
            : _verdict.Basis is VerdictBasis.DetectorReview or VerdictBasis.AudibleMark && action < EnforcementAct.Stamp ? Severity.Review
            : rule.Severity;
        return new Breach(rule, _verdict.Tier, _verdict.Basis, severity, action, MessageFor(rule), standing.From, LabelFacts(standing));
    }

    private EnforcementAct ActionFor(StampDirective? stamp)
    {
        var asked = _policy.For(_verdict.Basis);
        if (Force == ForcedStamp.Off)
            return asked < EnforcementAct.Report ? asked : EnforcementAct.Report;
        if (asked == EnforcementAct.Block)
            return EnforcementAct.Block;
        if (stamp is null)
            return asked < EnforcementAct.Report ? asked : EnforcementAct.Report;
        return _spliceFault is null ? EnforcementAct.Stamp : _policy.CannotStamp == EnforcementAct.Block ? EnforcementAct.Block : EnforcementAct.Report;
    }

    private string MessageFor(Rule rule) => rule.Violation switch
    {
        ViolationCode.LabelTooSmall => $"The label is lower than {_obligations.Height!.MinHeightFraction:0.#%} of the picture's shortest side.",
        ViolationCode.LabelWording => "The disclosure lacks an element of the wording that the law asks for.",
        ViolationCode.LabelTooShort => $"The label was on screen for less than {_obligations.Duration!.MinDuration.TotalSeconds:0.#} s.",
        ViolationCode.LabelPosition => "The label stands neither at an edge nor in a corner.",
        _ when rule is LabelContinuousRule => "The label is no longer shown, and must stay for as long as the AI content.",
        _ => "AI content carries no label.",
    };

    private List<IncidentFact> LabelFacts(LabelStanding standing)
    {
        var facts = new List<IncidentFact> { _ground!.Fact };
        if (_ground.Basis is VerdictBasis.DetectorReview or VerdictBasis.DetectorStamp)
            facts.AddRange(SampleFacts(_detector.Standing));
        if (_ground.Basis != VerdictBasis.DetectorReview && _ground.Basis != VerdictBasis.DetectorStamp && _detector.Standing.Level > DetectorLevel.None)
            facts.Add(DetectorFact(_detector.Standing));
        facts.AddRange(HeardFacts());
        if (standing.Finding is { } look)
        {
            var text = look.State switch
            {
                LabelState.Wording => $"Read \"{look.Text}\": an element of the wording is missing.",
                LabelState.TooSmall => $"Read \"{look.Text}\": too small.",
                LabelState.Position => $"Read \"{look.Text}\": in the middle of the picture.",
                LabelState.Sufficient => $"Read \"{look.Text}\": it comes and goes.",
                _ => "No label was read.",
            };
            facts.Add(new IncidentFact(
                "text", look.At, text, Threshold: look.LeastGlyphHeight > 0 ? look.LeastGlyphHeight : null, Box: look.Box, GlyphHeight: look.Box is null ? null : look.GlyphHeight));
        }

        return facts;
    }

    // Each sample by which the level was entered, so that a reviewer can add it up again.
    private static IEnumerable<IncidentFact> SampleFacts(DetectorStanding standing) => standing.Deciding.Select(sample => new IncidentFact(
        "sample",
        sample.At,
        FormattableString.Invariant($"Sample {sample.Number}: score {sample.Score:0.00} (views {Views(sample)}), running sum {sample.RunningSum:0.00}."),
        sample.Score,
        standing.Threshold,
        sample.Number,
        standing.Model));

    private static string Views(DecidingSample sample) => string.Join(" ", sample.Views.Select(view => view.ToString("0.00", CultureInfo.InvariantCulture)));

    private Breach? GapBreach() => _gap is not { } gap || _obligations.Gap is not { } rule ? null : new Breach(
        rule,
        _verdict.Tier,
        _verdict.Basis,
        rule.Severity,
        Force == ForcedStamp.Off && _policy.Gap > EnforcementAct.Report ? EnforcementAct.Report : _policy.Gap,
        "Nobody is looking at the stream.",
        gap.From,
        [new IncidentFact("gap", gap.At, $"{gap.Fault}: {gap.Reason}")]);

    private Breach? StampBreach(StampDirective? stamp) => stamp is null || _spliceFault is not { } fault || _obligations.StampImpossible is not { } rule ? null : new Breach(
        rule,
        _verdict.Tier,
        _verdict.Basis,
        rule.Severity,
        _policy.CannotStamp,
        "The label that is due cannot be stamped.",
        _now,
        [new IncidentFact("gap", _now, fault)]);

    private string WhyLabelClosed(JudgeInput input) => input switch
    {
        ClaimWithdrawn when _ground is null => "the claim was withdrawn",
        PolicyChanged => "the policy was changed",
        _ when _ground is null => "nothing speaks for AI content any more",
        _ when _stretch is { IsMendedByStamp: true } => "the label was stamped for the least time",
        _ => "the publisher's own label meets the duty",
    };
}
