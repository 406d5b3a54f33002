namespace IntegrityGate.Detection.Synthetic;

/// <summary>How many of a model's views were run on a frame, and why.</summary>
internal enum LookDepth
{
    /// <summary>All: they were asked for, or the model has no sentinel.</summary>
    Whole = 0,

    /// <summary>The sentinel's: its score is far under the review level.</summary>
    Sentinel = 1,

    /// <summary>All, after the sentinel: its score is near the review level or over it.</summary>
    Raised = 2,
}
