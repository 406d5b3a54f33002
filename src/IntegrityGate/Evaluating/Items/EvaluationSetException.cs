namespace IntegrityGate.Evaluating.Items;

/// <summary>A set cannot be used; the message holds every reason, one a line.</summary>
/// <param name="errors">Each with file, line and field.</param>
internal sealed class EvaluationSetException(IReadOnlyList<string> errors) : Exception(Describe(errors))
{
    /// <summary>Errors told: 40, a screen full; the rest is counted.</summary>
    private const int MaxTold = 40;

    private static string Describe(IReadOnlyList<string> errors) => string.Join('\n', errors.Take(MaxTold))
        + (errors.Count > MaxTold ? $"\nand {errors.Count - MaxTold} more" : "");
}
