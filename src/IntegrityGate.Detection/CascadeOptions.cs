namespace IntegrityGate.Detection;

/// <summary>Whether frames of streams without suspicion are scored by the model's sentinel views first.</summary>
public sealed record CascadeOptions
{
    /// <summary>Default true. It needs a model that names a sentinel; another is run with all its views whatever stands here.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Logits under the review level from which on all views are run; null (default): the model's own, which was measured with it.</summary>
    public double? Margin { get; init; }

    /// <summary>The review level in force where it is not the model's; null (default): the model's.</summary>
    public double? Review { get; init; }

    /// <summary>Notes what is wrong, each with its path.</summary>
    public void Validate(string path, ICollection<string> errors)
    {
        if (Margin is { } margin && !(margin is >= 0 and <= 100))
            errors.Add($"{path}.margin: is {margin}, must be 0 to 100");
    }
}
