using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>Looking has begun again.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
public sealed record GapEnded(MediaTime At, DateTimeOffset Wall) : JudgeInput(At, Wall);
