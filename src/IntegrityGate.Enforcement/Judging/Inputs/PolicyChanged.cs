using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>The stream's policy was reloaded.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="Policy">The new policy.</param>
public sealed record PolicyChanged(MediaTime At, DateTimeOffset Wall, JudgePolicy Policy) : JudgeInput(At, Wall);
