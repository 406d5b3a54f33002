using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>One or more rule packs cannot be used; holds every fault at once.</summary>
/// <param name="errors">The faults.</param>
public sealed class RulePackException(IReadOnlyList<ValidationError> errors)
    : Exception("The rule packs have " + errors.Count + " faults:" + Environment.NewLine + string.Join(Environment.NewLine, errors))
{
    /// <summary>The faults.</summary>
    public IReadOnlyList<ValidationError> Errors { get; } = errors;
}
