using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>AI content must carry a visible label.</summary>
public sealed record LabelPresenceRule : Rule
{
    /// <inheritdoc/>
    public override string Violation => ViolationCode.LabelMissing;
}
