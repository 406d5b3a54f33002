using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>What the journal knows of earlier sessions of this stream.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="Dismissals">How often a reviewer dismissed what the detector alone had found.</param>
public sealed record HistoryKnown(MediaTime At, DateTimeOffset Wall, int Dismissals) : JudgeInput(At, Wall);
