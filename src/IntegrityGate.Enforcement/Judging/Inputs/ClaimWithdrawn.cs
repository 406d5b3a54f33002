using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>A claim was withdrawn.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="ClaimId">The claim's id.</param>
public sealed record ClaimWithdrawn(MediaTime At, DateTimeOffset Wall, string ClaimId) : JudgeInput(At, Wall);
