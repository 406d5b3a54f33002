using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>An implicit label must not be altered on the way, nor name a provider that cannot be.</summary>
public sealed record MarkForgedRule : Rule
{
    /// <inheritdoc/>
    public override string Violation => ViolationCode.MarkForged;
}
