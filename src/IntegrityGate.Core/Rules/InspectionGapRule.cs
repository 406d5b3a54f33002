using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>No stretch of a stream may go by unseen without a report.</summary>
public sealed record InspectionGapRule : Rule
{
    /// <inheritdoc/>
    public override string Violation => ViolationCode.InspectionGap;
}
