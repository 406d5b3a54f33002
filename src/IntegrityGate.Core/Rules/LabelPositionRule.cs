using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>The label must stand at an edge or in a corner of the picture.</summary>
public sealed record LabelPositionRule : Rule
{
    /// <inheritdoc/>
    public override string Violation => ViolationCode.LabelPosition;
}
