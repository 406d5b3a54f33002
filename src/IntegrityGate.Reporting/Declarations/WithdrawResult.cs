namespace IntegrityGate.Reporting.Declarations;

/// <summary>The answer to a withdrawal.</summary>
/// <param name="Declaration">The declaration after it.</param>
/// <param name="AuditId">The act's place in the audit log; 0 when it was withdrawn already.</param>
public sealed record WithdrawResult(Declaration Declaration, long AuditId);
