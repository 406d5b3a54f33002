using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>A window of the stream's sound was listened to.</summary>
/// <param name="At">Media time of the window's end: what was heard is known then.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="Reading">What was heard.</param>
public sealed record AudioHeard(MediaTime At, DateTimeOffset Wall, AudioReading Reading) : JudgeInput(At, Wall);
