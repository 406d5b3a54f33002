using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>All kinds of rules: the one table that the reader of packs, their schema and their print-out go by.</summary>
internal static class RuleKinds
{
    /// <summary>The kinds.</summary>
    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new("present", "AI content carries a visible label.", id => new LabelPresenceRule { Id = id, Clause = "", Source = "", Title = "" }),
        new("height", "The label's glyphs have a least height.", id => new LabelHeightRule { Id = id, Clause = "", Source = "", Title = "", MinHeightFraction = 0 }, RuleParameters.MinHeightFraction),
        new("wording", "The label has certain words.", id => new LabelWordingRule { Id = id, Clause = "", Source = "", Title = "", Groups = [] },
            RuleParameters.Groups, RuleParameters.Forms, RuleParameters.Negations, RuleParameters.Disclosures),
        new("duration", "The label is on screen for a least time.", id => new LabelDurationRule { Id = id, Clause = "", Source = "", Title = "", MinDuration = TimeSpan.Zero }, RuleParameters.MinSeconds),
        new("position", "The label stands at an edge or in a corner.", id => new LabelPositionRule { Id = id, Clause = "", Source = "", Title = "" }, RuleParameters.Corners),
        new("continuous", "The label stays for as long as the AI content.", id => new LabelContinuousRule { Id = id, Clause = "", Source = "", Title = "" }),
        new("contradiction", "Claims about a stream do not contradict each other.", id => new ClaimContradictionRule { Id = id, Clause = "", Source = "", Title = "" }),
        new("markRemoved", "An implicit label that came with a stream stays.", id => new MarkRemovedRule { Id = id, Clause = "", Source = "", Title = "" }),
        new("markForged", "An implicit label is neither altered nor made up.", id => new MarkForgedRule { Id = id, Clause = "", Source = "", Title = "" }),
        new("inspectionGap", "Every stretch of a stream is looked at, or reported.", id => new InspectionGapRule { Id = id, Clause = "", Source = "", Title = "" }),
        new("stampImpossible", "A label that is due gets into the picture.", id => new StampImpossibleRule { Id = id, Clause = "", Source = "", Title = "" }),
        new("streamLoop", "Video that repeats or stands still is reported.", id => new StreamLoopRule { Id = id, Clause = "", Source = "", Title = "" }),
        new("duty", "A duty that no look at a stream can tell: listed, never enforced.", id => new DutyRule { Id = id, Clause = "", Source = "", Title = "" }),
    ];

    /// <summary>The kind of a rule.</summary>
    public static RuleKind Of(Rule rule) => All.First(kind => kind.Type == rule.GetType());
}
