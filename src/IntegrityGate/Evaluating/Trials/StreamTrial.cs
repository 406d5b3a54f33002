using IntegrityGate.Evaluating.Items;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Trials;

/// <summary>What the judge made of a stream; all times are media time from its first look.</summary>
/// <param name="First">Its first clip: name, class, source, exposure.</param>
/// <param name="Clips">Clips it is made of.</param>
/// <param name="Rate">The rate.</param>
/// <param name="Duration">Its length.</param>
/// <param name="Looks">Frames looked at.</param>
/// <param name="ToVerdict">Until the review level or more was reached; null when it never was.</param>
/// <param name="ToStamp">Until the first stamp; null when there was none.</param>
/// <param name="Stamps">Stamps that began.</param>
internal sealed record StreamTrial(
    EvaluationItem First, int Clips, StreamRate Rate, TimeSpan Duration, int Looks, TimeSpan? ToVerdict, TimeSpan? ToStamp, int Stamps)
{
    /// <summary>The same stream looked at with the cascade; null when it was not asked for.</summary>
    public StreamTrial? Cascade { get; init; }
}
