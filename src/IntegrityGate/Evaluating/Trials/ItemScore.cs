using IntegrityGate.Evaluating.Items;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Trials;

/// <summary>An item at a rate.</summary>
/// <param name="Item">The item.</param>
/// <param name="Rate">The rate.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Score">Score of a picture; of a clip the mean over its frames in scope. 0 unless it was scored.</param>
/// <param name="Frames">Frames in scope.</param>
/// <param name="Note">Why it was not scored, or that it kept its own size; null for nothing.</param>
internal sealed record ItemScore(EvaluationItem Item, StreamRate Rate, LookOutcome Outcome, double Score, int Frames, string? Note)
{
    /// <summary>One logit a view of a picture, in the model's order; empty for a clip and without a score.</summary>
    public IReadOnlyList<double> Views { get; init; } = [];

    /// <summary>What the cascade made of it; null when it was not asked for, or the item not scored.</summary>
    public CascadeScore? Cascade { get; init; }

    /// <summary>The note of an item that is smaller than its rate's size; null for others.</summary>
    public static string? OwnSize(int shortSide, StreamRate rate) => shortSide < rate.ShortSide ? $"at its own size, {shortSide} px" : null;

    /// <summary>An item without a score.</summary>
    public static ItemScore Without(EvaluationItem item, StreamRate rate, LookOutcome outcome, string note) => new(item, rate, outcome, 0, 0, note);
}
