using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>The splice tells what it does.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="State">What it does from <paramref name="At"/> on: for stamping the first stamped frame.</param>
/// <param name="Reason">Why it cannot stamp; empty otherwise.</param>
public sealed record SpliceReported(MediaTime At, DateTimeOffset Wall, SpliceState State, string Reason) : JudgeInput(At, Wall);
