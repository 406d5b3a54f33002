namespace IntegrityGate.Core.Claims;

/// <summary>A check that an implicit label failed.</summary>
/// <param name="Check">One of <see cref="AigcCheck"/>.</param>
/// <param name="Reason">In words; holds no more than a short excerpt of a stranger's text.</param>
public sealed record AigcFinding(string Check, string Reason);
