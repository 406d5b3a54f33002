using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>The label must be on screen for a least time, at normal speed.</summary>
public sealed record LabelDurationRule : Rule
{
    /// <summary>Least time on screen.</summary>
    public required TimeSpan MinDuration { get; init; }

    /// <inheritdoc/>
    public override string Violation => ViolationCode.LabelTooShort;
}
