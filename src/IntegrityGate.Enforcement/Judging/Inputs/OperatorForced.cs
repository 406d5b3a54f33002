using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>An operator forces a stamp, forbids it, or gives the stream back to the rules.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="Force">What is ordered; it holds until the next order.</param>
/// <param name="Who">The operator.</param>
/// <param name="Tier">For a forced stamp, the tier whose wording it carries; null for the verdict's.</param>
/// <param name="Wording">For a forced stamp, another wording; null for the rule pack's.</param>
public sealed record OperatorForced(MediaTime At, DateTimeOffset Wall, ForcedStamp Force, string Who, Tier? Tier = null, string? Wording = null) : JudgeInput(At, Wall);
