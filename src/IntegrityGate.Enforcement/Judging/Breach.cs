using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>A duty that is not met at this moment: what an incident should say now.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Tier">Tier of the verdict.</param>
/// <param name="Basis">Ground of the verdict.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Action">What the gate does about it.</param>
/// <param name="Message">One sentence that does not change from look to look.</param>
/// <param name="From">Media time from which it is broken.</param>
/// <param name="Facts">What it rests on now.</param>
internal sealed record Breach(
    Rule Rule,
    Tier Tier,
    VerdictBasis Basis,
    Severity Severity,
    EnforcementAct Action,
    string Message,
    MediaTime From,
    IReadOnlyList<IncidentFact> Facts);
