namespace IntegrityGate.Reporting.Audit;

/// <summary>An act as the audit log keeps it.</summary>
/// <param name="Id">Strictly rising, never given twice.</param>
/// <param name="At">When it was asked for, to the millisecond.</param>
/// <param name="Act">What was asked for.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="OutcomeDetail">Why it was refused; empty otherwise.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, AuditAct Act, AuditOutcome Outcome, string OutcomeDetail);
