using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>One thing that speaks for AI content.</summary>
/// <param name="Tier">The tier that it gives.</param>
/// <param name="Basis">Its kind.</param>
/// <param name="Since">Media time from which it holds.</param>
/// <param name="Fact">The fact as an incident keeps it; its text is one sentence.</param>
internal sealed record Ground(Tier Tier, VerdictBasis Basis, MediaTime Since, IncidentFact Fact)
{
    /// <summary>True when this ground is no stronger than a tier and basis: the tier counts first (CAC Measures art. 6 has an order), the basis after it.</summary>
    public bool IsWithin((Tier Tier, VerdictBasis Basis) other) => (Tier, Basis).CompareTo(other) <= 0;

    /// <summary>The strongest of several; the result does not depend on their order.</summary>
    public static Ground? Strongest(IEnumerable<Ground> grounds) => grounds
        .OrderByDescending(ground => ground.Tier)
        .ThenByDescending(ground => ground.Basis)
        .ThenBy(ground => ground.Since)
        .ThenBy(ground => ground.Fact.Text, StringComparer.Ordinal)
        .FirstOrDefault();
}
