namespace IntegrityGate.Core.Judging;

/// <summary>What a verdict rests on; the strongest ground when there are several.</summary>
public enum VerdictBasis
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The synthetic-media detector alone, above its review level.</summary>
    DetectorReview,

    /// <summary>The synthetic-media detector alone, above its stamp level.</summary>
    DetectorStamp,

    /// <summary>A label that was heard in the sound.</summary>
    AudibleMark,

    /// <summary>A label or a generator's mark read off the picture.</summary>
    VisibleMark,

    /// <summary>A reviewer confirmed.</summary>
    Reviewer,

    /// <summary>The publisher or the platform declared it.</summary>
    Declaration,

    /// <summary>The implicit label in the metadata.</summary>
    Metadata,
}
