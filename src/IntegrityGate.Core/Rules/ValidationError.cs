namespace IntegrityGate.Core.Rules;

/// <summary>One thing that is wrong in a pack or a policy; validators collect them all.</summary>
/// <param name="Path">Where, for example <c>cn-2025.json: rules[2].minHeightFraction</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ValidationError(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path + ": " + Message;
}
