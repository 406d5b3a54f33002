using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>What is said of a stream must not contradict itself: declared as not generated, while another claim says AI.</summary>
public sealed record ClaimContradictionRule : Rule
{
    /// <inheritdoc/>
    public override string Violation => ViolationCode.ClaimContradiction;
}
