using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>A stretch of the stream is not being looked at; sent again as it grows.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="Gap">The gap.</param>
public sealed record GapSeen(MediaTime At, DateTimeOffset Wall, InspectionGap Gap) : JudgeInput(At, Wall);
