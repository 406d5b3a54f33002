using IntegrityGate.Core.Judging;
using IntegrityGate.Enforcement.Judging.Replays;
using IntegrityGate.Enforcement.Labels;
using IntegrityGate.Enforcement.Marks;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>What a platform does about what the judge finds; one for each stream, compared by value.</summary>
public sealed record JudgePolicy
{
    /// <summary>The implicit label in the metadata says AI. Stamp: the duty of art. 6(1) is plain.</summary>
    public EnforcementAct Metadata { get; init; } = EnforcementAct.Stamp;

    /// <summary>The publisher or the platform declared it. Stamp: art. 6(2).</summary>
    public EnforcementAct Declaration { get; init; } = EnforcementAct.Stamp;

    /// <summary>A label or a generator's mark was read off the picture. Stamp: art. 6(3).</summary>
    public EnforcementAct VisibleMark { get; init; } = EnforcementAct.Stamp;

    /// <summary>
    /// A label was heard. Report: it is an explicit label as one on the picture is (art. 6(3)), but a stream's sound holds much that was made by neither
    /// law nor generator, so a person hears it before the picture is changed.
    /// </summary>
    public EnforcementAct AudibleMark { get; init; } = EnforcementAct.Report;

    /// <summary>A reviewer confirmed. Stamp: a person decided.</summary>
    public EnforcementAct Reviewer { get; init; } = EnforcementAct.Stamp;

    /// <summary>The detector alone, above its stamp level. Stamp: no unseen real item scored so high when it was measured.</summary>
    public EnforcementAct DetectorStamp { get; init; } = EnforcementAct.Stamp;

    /// <summary>The detector alone, above its review level. Report: some real streams score so high, so the picture is not changed.</summary>
    public EnforcementAct DetectorReview { get; init; } = EnforcementAct.Report;

    /// <summary>A stretch that nobody looked at. Report: fail open; Block is fail closed.</summary>
    public EnforcementAct Gap { get; init; } = EnforcementAct.Report;

    /// <summary>A stamp that could not be made. Report: fail open; Block is fail closed.</summary>
    public EnforcementAct CannotStamp { get; init; } = EnforcementAct.Report;

    /// <summary>How long a stamp stays.</summary>
    public StampDuration StampFor { get; init; } = StampDuration.Continuous;

    /// <summary>Where the label stands. Bottom right: the corner of GB 45438-2025 Annex C's example.</summary>
    public LabelCorner Corner { get; init; } = LabelCorner.BottomRight;

    /// <summary>1.1: the label is drawn a tenth higher than the rule's least, so that a blurred edge does not put it under an inspector's ruler.</summary>
    public double HeightMargin { get; init; } = 1.1;

    /// <summary>Off: turns on the continuous reminder of live commerce (order 117 art. 37), when a pack that has it applies.</summary>
    public bool Continuous { get; init; }

    /// <summary>Wording of a stamp that an operator forces on a stream without a finding. Suspected: the platform itself is the one who noticed (art. 6(3)).</summary>
    public Tier ForcedTier { get; init; } = Tier.Suspected;

    /// <summary>The detector's evidence.</summary>
    public SequentialOptions Detector { get; init; } = new();

    /// <summary>The reading of labels.</summary>
    public LabelReadingOptions Label { get; init; } = new();

    /// <summary>When words or logos on the picture count as a generator's mark.</summary>
    public MarkReadingOptions Marks { get; init; } = new();

    /// <summary>What is heard.</summary>
    public AudibleOptions Audible { get; init; } = new();

    /// <summary>When video counts as repeating or standing still. It is reported to a reviewer and says nothing of AI, so it is never stamped or blocked.</summary>
    public ReplayOptions Replays { get; init; } = new();

    /// <summary>How often to look.</summary>
    public LookOptions Looks { get; init; } = new();

    /// <summary>What to do on a ground.</summary>
    /// <param name="basis">The ground.</param>
    public EnforcementAct For(VerdictBasis basis) => basis switch
    {
        VerdictBasis.Metadata => Metadata,
        VerdictBasis.Declaration => Declaration,
        VerdictBasis.Reviewer => Reviewer,
        VerdictBasis.VisibleMark => VisibleMark,
        VerdictBasis.AudibleMark => AudibleMark,
        VerdictBasis.DetectorStamp => DetectorStamp,
        VerdictBasis.DetectorReview => DetectorReview,
        _ => EnforcementAct.Observe,
    };
}
