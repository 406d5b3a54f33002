namespace IntegrityGate.Configuration;

/// <summary>The configuration cannot be used; carries every error, not only the first.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> errors)
    : Exception("The configuration has " + errors.Count + " error(s):" + Environment.NewLine + string.Join(Environment.NewLine, errors.Select(e => "  " + e)))
{
    /// <summary>Each error, beginning with the path of the key.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
