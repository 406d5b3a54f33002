using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Judging;

/// <summary>What the gate holds of a stream from a moment on.</summary>
/// <param name="Tier">How sure.</param>
/// <param name="Basis">On what ground.</param>
/// <param name="Since">Media time from which it holds.</param>
/// <param name="Summary">One sentence for people.</param>
public sealed record Verdict(Tier Tier, VerdictBasis Basis, MediaTime Since, string Summary)
{
    /// <summary>The verdict of a stream about which nothing is known.</summary>
    public static Verdict Unremarkable { get; } = new(Tier.None, VerdictBasis.None, MediaTime.Zero, "Nothing speaks for AI content.");
}
