using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>An implicit label that a stream brought must not go away while the stream lasts.</summary>
public sealed record MarkRemovedRule : Rule
{
    /// <inheritdoc/>
    public override string Violation => ViolationCode.MarkRemoved;
}
