namespace IntegrityGate.Core.Rules;

/// <summary>
/// What the packs that apply to a stream demand together: of each kind of rule the strictest that is law on the day.
/// A kind that no pack demands is null.
/// </summary>
public sealed record Obligations
{
    /// <summary>A label must be there.</summary>
    public LabelPresenceRule? Presence { get; init; }

    /// <summary>The largest least height.</summary>
    public LabelHeightRule? Height { get; init; }

    /// <summary>The wording: the first pack's, since labels of several jurisdictions are composed, not merged word by word.</summary>
    public LabelWordingRule? Wording { get; init; }

    /// <summary>The longest least duration.</summary>
    public LabelDurationRule? Duration { get; init; }

    /// <summary>Edge or corner.</summary>
    public LabelPositionRule? Position { get; init; }

    /// <summary>The label must stay.</summary>
    public LabelContinuousRule? Continuous { get; init; }

    /// <summary>Gaps are reported.</summary>
    public InspectionGapRule? Gap { get; init; }

    /// <summary>Failed stamps are reported.</summary>
    public StampImpossibleRule? StampImpossible { get; init; }

    /// <summary>Repeating video is reported.</summary>
    public StreamLoopRule? Loop { get; init; }

    /// <summary>What stamped labels say.</summary>
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
        return new Obligations
        {
            Presence = rules.OfType<LabelPresenceRule>().FirstOrDefault(),
            Height = rules.OfType<LabelHeightRule>().MaxBy(rule => rule.MinHeightFraction),
            Wording = rules.OfType<LabelWordingRule>().FirstOrDefault(),
            Duration = rules.OfType<LabelDurationRule>().MaxBy(rule => rule.MinDuration),
            Position = rules.OfType<LabelPositionRule>().FirstOrDefault(),
            Continuous = rules.OfType<LabelContinuousRule>().FirstOrDefault(),
            Gap = rules.OfType<InspectionGapRule>().FirstOrDefault(),
            StampImpossible = rules.OfType<StampImpossibleRule>().FirstOrDefault(),
            Loop = rules.OfType<StreamLoopRule>().FirstOrDefault(),
            TierWording = all.Select(pack => pack.Wording).FirstOrDefault(wording => wording is not null),
            VisibleMarks = [.. all.SelectMany(pack => pack.VisibleMarks)],
        };
    }
}
