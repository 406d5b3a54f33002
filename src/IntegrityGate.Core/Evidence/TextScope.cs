namespace IntegrityGate.Core.Evidence;

/// <summary>How much of a frame a reading of its text must cover.</summary>
public enum TextScope
{
    /// <summary>All of it: only this shows that something is not there.</summary>
    Whole = 0,

    /// <summary>The bands along the upper and the lower edge, where labels and marks stand first.</summary>
    Edges = 1,

    /// <summary>The place of a known label: is it still there?</summary>
    Place = 2,
}
