using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>A label that is due must get into the picture.</summary>
public sealed record StampImpossibleRule : Rule
{
    /// <inheritdoc/>
    public override string Violation => ViolationCode.CannotStamp;
}
