namespace IntegrityGate.Reporting.Declarations;

/// <summary>The answer to a request to declare.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Declaration">The declaration; null when there is none (<see cref="DeclareStatus.TooMany"/>).</param>
/// <param name="AuditId">The act's place in the audit log; 0 when nothing was done.</param>
public sealed record DeclareResult(DeclareStatus Status, Declaration? Declaration, long AuditId);
