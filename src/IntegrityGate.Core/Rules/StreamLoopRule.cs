using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>A stream that poses as live must not repeat or stand still without a report.</summary>
public sealed record StreamLoopRule : Rule
{
    /// <inheritdoc/>
    public override string Violation => ViolationCode.StreamLoop;
}
