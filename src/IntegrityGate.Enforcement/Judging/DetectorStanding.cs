using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>The detector's finding on a stream, with what an appeal needs.</summary>
/// <param name="Level">The level that holds.</param>
/// <param name="Since">Media time from which it holds.</param>
/// <param name="Mean">Mean score over the window's independent frames; 0 without any.</param>
/// <param name="Samples">Independent frames in the window.</param>
/// <param name="Model">The model; null without samples.</param>
/// <param name="Levels">Its levels.</param>
public sealed record DetectorStanding(DetectorLevel Level, MediaTime Since, double Mean, int Samples, ModelReference? Model, DetectorLevels Levels)
{
    /// <summary>Before any sample.</summary>
    public static DetectorStanding Nothing { get; } = new(DetectorLevel.None, MediaTime.Zero, 0, 0, null, default);

    /// <summary>The samples by which the level was entered, oldest first, at most <see cref="MaxDeciding"/>; empty without a level.</summary>
    public IReadOnlyList<DecidingSample> Deciding { get; init; } = [];

    /// <summary>What the stream's history added to the mean before it was compared, in logits.</summary>
    public double Prior { get; init; }

    /// <summary>24 samples: with the facts beside them they fill an incident.</summary>
    public const int MaxDeciding = 24;

    /// <summary>The level's threshold that the mean was compared with.</summary>
    public double Threshold => Level == DetectorLevel.Stamp ? Levels.Stamp : Levels.Review;
}
