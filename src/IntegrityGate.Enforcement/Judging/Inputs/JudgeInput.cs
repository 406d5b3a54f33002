using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>Something that the judge is told, with the time on both clocks; the judge reads no clock itself.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
public abstract record JudgeInput(MediaTime At, DateTimeOffset Wall);
