namespace IntegrityGate.Core.Rules;

/// <summary>
/// What the packs that apply to a stream demand together on one day: one label that satisfies all of them. Of height and
/// duration the strictest counts, of the others the gravest; every wording and every position must be met. A kind that no pack demands is null or empty.
/// </summary>
public sealed record Obligations
{
    /// <summary>A label must be there.</summary>
    public LabelPresenceRule? Presence { get; init; }

    /// <summary>The largest least height.</summary>
    public LabelHeightRule? Height { get; init; }

    /// <summary>All wordings; a label has the elements of each.</summary>
    public ValueList<LabelWordingRule> Wordings { get; init; } = [];

    /// <summary>The longest least duration.</summary>
    public LabelDurationRule? Duration { get; init; }

    /// <summary>All positions; a label meets each.</summary>
    public ValueList<LabelPositionRule> Positions { get; init; } = [];

    /// <summary>The label must stay.</summary>
    public LabelContinuousRule? Continuous { get; init; }

    /// <summary>Gaps are reported.</summary>
    public InspectionGapRule? Gap { get; init; }

    /// <summary>Failed stamps are reported.</summary>
    public StampImpossibleRule? StampImpossible { get; init; }

    /// <summary>Repeating video is reported.</summary>
    public StreamLoopRule? Loop { get; init; }

    /// <summary>Contradicting claims are reported.</summary>
    public ClaimContradictionRule? Contradiction { get; init; }

    /// <summary>Implicit labels that go away are reported.</summary>
    public MarkRemovedRule? MarkRemoved { get; init; }

    /// <summary>Altered implicit labels are reported.</summary>
    public MarkForgedRule? MarkForged { get; init; }

    /// <summary>What stamped labels say: the wordings of all packs that ask for a label, composed; of the leading pack that has one when none asks.</summary>
    public TierWording? TierWording { get; init; }

    /// <summary>All packs' marks.</summary>
    public ValueList<VisibleMark> VisibleMarks { get; init; } = [];

    /// <summary>Composes the demands of several packs.</summary>
    /// <param name="packs">The packs, the leading one first.</param>
    /// <param name="day">The day whose law counts, UTC.</param>
    public static Obligations From(IEnumerable<RulePack> packs, DateOnly day)
    {
        var all = packs.ToArray();
        var rules = all.SelectMany(pack => pack.Rules).Where(rule => rule.AppliesOn(day)).ToArray();
        var due = all.Where(pack => pack.AsksForLabelOn(day)).Select(pack => pack.Wording).OfType<TierWording>();
        return new Obligations
        {
            Presence = Gravest<LabelPresenceRule>(rules),
            Height = rules.OfType<LabelHeightRule>().MaxBy(rule => rule.MinHeightFraction),
            Wordings = [.. rules.OfType<LabelWordingRule>()],
            Duration = rules.OfType<LabelDurationRule>().MaxBy(rule => rule.MinDuration),
            Positions = [.. rules.OfType<LabelPositionRule>()],
            Continuous = Gravest<LabelContinuousRule>(rules),
            Gap = Gravest<InspectionGapRule>(rules),
            StampImpossible = Gravest<StampImpossibleRule>(rules),
            Loop = Gravest<StreamLoopRule>(rules),
            Contradiction = Gravest<ClaimContradictionRule>(rules),
            MarkRemoved = Gravest<MarkRemovedRule>(rules),
            MarkForged = Gravest<MarkForgedRule>(rules),
            TierWording = TierWording.Compose(due) ?? all.Select(pack => pack.Wording).FirstOrDefault(wording => wording is not null),
            VisibleMarks = [.. all.SelectMany(pack => pack.VisibleMarks)],
        };
    }

    // Of several that ask for the same, the one whose breach matters most; among equals the leading pack's.
    private static T? Gravest<T>(Rule[] rules)
        where T : Rule => rules.OfType<T>().MaxBy(rule => rule.Severity);
}
