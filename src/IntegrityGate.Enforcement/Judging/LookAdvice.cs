using IntegrityGate.Core.Evidence;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>What the sampler should do next.</summary>
/// <param name="Next">How long after this sample to take the next, media time.</param>
/// <param name="ReadText">True when the next sample's text must be read.</param>
/// <param name="KeepEvidence">True when this sample's picture must be kept under the id that came with it.</param>
public sealed record LookAdvice(TimeSpan Next, bool ReadText, bool KeepEvidence)
{
    /// <summary>What that reading is for, if there is one; default the whole frame.</summary>
    public TextDemand Text { get; init; } = TextDemand.Whole;

    /// <summary>What is held of the stream; a clean one may be looked at with less.</summary>
    public LookStanding Standing { get; init; }

    /// <summary>Before anything is known: look at once and read.</summary>
    public static LookAdvice First { get; } = new(TimeSpan.Zero, ReadText: true, KeepEvidence: false);
}
