using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>What the judge made of streams of one exposure at one rate; from clips only.</summary>
/// <param name="Exposure">What training saw of their sources.</param>
/// <param name="Rate">The rate.</param>
/// <param name="Real">Real streams, and those that were ever flagged for review or more.</param>
/// <param name="RealSources">Sources of the real streams.</param>
/// <param name="RealHours">Hours of real streams.</param>
/// <param name="FalseLabels">Stamps that began on real streams.</param>
/// <param name="FalseLabelsPerHourBound">95 % upper bound of their number in a stream-hour; null without hours. It takes hours for independent, which those of one stream are not.</param>
/// <param name="Synthetic">Synthetic streams, and those that got a verdict.</param>
/// <param name="Stamped">Synthetic streams that were stamped.</param>
/// <param name="ToVerdict50">Media time within which half of all synthetic streams had a verdict; null when fewer got one.</param>
/// <param name="ToVerdict95">The same for 95 %.</param>
/// <param name="TooShort">Streams of both classes too short for the rule to say anything.</param>
internal sealed record StreamFigures(
    Exposure Exposure,
    StreamRate Rate,
    Share Real,
    int RealSources,
    double RealHours,
    int FalseLabels,
    double? FalseLabelsPerHourBound,
    Share Synthetic,
    Share Stamped,
    TimeSpan? ToVerdict50,
    TimeSpan? ToVerdict95,
    int TooShort);
