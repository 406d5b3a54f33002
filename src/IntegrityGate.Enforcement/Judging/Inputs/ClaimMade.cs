using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>A claim was made; one with a known id replaces that claim.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="Claim">The claim.</param>
public sealed record ClaimMade(MediaTime At, DateTimeOffset Wall, Claim Claim) : JudgeInput(At, Wall);
