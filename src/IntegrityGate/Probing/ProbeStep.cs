namespace IntegrityGate.Probing;

/// <summary>One step of a probe.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Detail">What there is to say of it.</param>
/// <param name="IsOk">False for the step that failed.</param>
internal sealed record ProbeStep(string Stage, TimeSpan Took, string Detail, bool IsOk = true);
