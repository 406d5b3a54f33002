using IntegrityGate.Core.Evidence;
using IntegrityGate.Enforcement.Judging;

namespace IntegrityGate.Explaining;

/// <summary>A sample, and where the evidence stood after it.</summary>
/// <param name="Score">The sample.</param>
/// <param name="Counts">False when it was out of scope or like an earlier one.</param>
/// <param name="Standing">Mean, number of samples and level after it.</param>
internal sealed record SampleStep(SyntheticScore Score, bool Counts, DetectorStanding Standing);
