namespace IntegrityGate.Evaluating.Trials;

/// <summary>What came of an item at a rate.</summary>
internal enum LookOutcome
{
    /// <summary>It was scored.</summary>
    Scored = 0,

    /// <summary>The model says nothing about it (monochrome, or too small for the model).</summary>
    OutOfScope,

    /// <summary>It is smaller than the rate's size, which is not the smallest; nothing is ever enlarged.</summary>
    TooSmall,

    /// <summary>It could not be read, encoded or decoded.</summary>
    Failed,
}
