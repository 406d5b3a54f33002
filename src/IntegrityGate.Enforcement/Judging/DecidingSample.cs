using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>One of the samples behind a finding of the detector, as a reviewer sees it.</summary>
/// <param name="At">Media time.</param>
/// <param name="Score">The frame's score: mean of its views.</param>
/// <param name="Views">Each view's score, in the model's order.</param>
/// <param name="RunningSum">Sum of the window's scores up to this one.</param>
/// <param name="Number">Its number in the window, from 1.</param>
public sealed record DecidingSample(MediaTime At, double Score, IReadOnlyList<double> Views, double RunningSum, int Number);
