using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;

namespace IntegrityGate.Core.Rules;

/// <summary>The label must stand at an edge or in a corner of the picture.</summary>
public sealed record LabelPositionRule : Rule
{
    /// <summary>The corners that do; empty for every edge and corner.</summary>
    public ValueList<LabelCorner> Corners { get; init; } = [];

    /// <inheritdoc/>
    public override string Violation => ViolationCode.LabelPosition;
}
