using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging;

/// <content>
/// What is said of the stream, held against itself and against what was said before: findings of their own for a reviewer. They
/// change no verdict by themselves; a reviewer who confirms one says that the content is AI.
/// </content>
public sealed partial class Judge
{
    private readonly InboundMark _mark = new();
    private readonly IncidentSlot _contradictionSlot;
    private readonly IncidentSlot _removedSlot;
    private readonly IncidentSlot _forgedSlot;

    private void ReconcileClaims((MediaTime Media, DateTimeOffset Wall) moment, string? closing, List<IncidentChange> changes)
    {
        _contradictionSlot.Reconcile(_ended ? null : ContradictionBreach(), moment, null, closing ?? "the claims agree again", changes);
        _removedSlot.Reconcile(_ended ? null : RemovedBreach(), moment, null, closing ?? "the implicit label is back", changes);
        _forgedSlot.Reconcile(_ended ? null : ForgedBreach(), moment, null, closing ?? "the implicit label holds no contradiction any more", changes);
    }

    private Breach? ContradictionBreach() => _obligations.Contradiction is not { } rule || _claims.Contradiction(_now, _start ?? _now) is not { } claims
        ? null
        : Finding(rule, "Declared as not generated, and another claim says AI.", claims.Since, [claims.Human, claims.Ai]);

    private Breach? RemovedBreach() => _obligations.MarkRemoved is not { } rule || _mark.GoneSince is not { } gone
        ? null
        : Finding(rule, "The implicit label that the stream brought is gone.", gone, [new IncidentFact("claim", gone, "The metadata said before: " + _mark.Says + ".")]);

    private Breach? ForgedBreach() => _obligations.MarkForged is not { } rule || _mark.Fault is not { } fault
        ? null
        : Finding(rule, "The implicit label is altered or made up.", _mark.SeenAt, [new IncidentFact("claim", _mark.SeenAt, fault)]);

    private Breach Finding(Rule rule, string message, MediaTime from, IReadOnlyList<IncidentFact> facts) =>
        new(rule, _verdict.Tier, _verdict.Basis, rule.Severity, EnforcementAct.Report, message, from, facts);
}
