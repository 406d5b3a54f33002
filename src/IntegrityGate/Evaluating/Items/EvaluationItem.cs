namespace IntegrityGate.Evaluating.Items;

/// <summary>A labelled picture or clip.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Name">Name as the list or the folder has it.</param>
/// <param name="IsSynthetic">True for class <c>ai</c>, false for <c>real</c>.</param>
/// <param name="Source">Generator, camera or collection: items of one source are not independent.</param>
/// <param name="Exposure">What training saw of the source.</param>
/// <param name="IsClip">True for a clip.</param>
internal sealed record EvaluationItem(string Path, string Name, bool IsSynthetic, string Source, Exposure Exposure, bool IsClip)
{
    /// <summary>The class, as lists have it.</summary>
    public string Class => IsSynthetic ? "ai" : "real";
}
