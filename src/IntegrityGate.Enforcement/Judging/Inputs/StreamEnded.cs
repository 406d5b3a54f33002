using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>The stream session is over.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="Reason">Why, for the incidents that close with it.</param>
public sealed record StreamEnded(MediaTime At, DateTimeOffset Wall, string Reason) : JudgeInput(At, Wall);
