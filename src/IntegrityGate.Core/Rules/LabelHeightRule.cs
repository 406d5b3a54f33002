using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>The label's glyphs must have a least height.</summary>
public sealed record LabelHeightRule : Rule
{
    /// <summary>Least glyph height as a share of the picture's shortest side, 0..1.</summary>
    public required double MinHeightFraction { get; init; }

    /// <inheritdoc/>
    public override string Violation => ViolationCode.LabelTooSmall;
}
