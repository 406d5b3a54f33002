using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>The label must stay for as long as the AI content is shown.</summary>
public sealed record LabelContinuousRule : Rule
{
    /// <inheritdoc/>
    public override string Violation => ViolationCode.LabelMissing;
}
