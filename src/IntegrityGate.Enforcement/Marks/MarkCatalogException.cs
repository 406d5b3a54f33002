using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>One or more files of marks cannot be used; holds every fault at once.</summary>
/// <param name="errors">The faults.</param>
public sealed class MarkCatalogException(IReadOnlyList<ValidationError> errors)
    : Exception("The marks have " + errors.Count + " faults:" + Environment.NewLine + string.Join(Environment.NewLine, errors))
{
    /// <summary>The faults.</summary>
    public IReadOnlyList<ValidationError> Errors { get; } = errors;
}
