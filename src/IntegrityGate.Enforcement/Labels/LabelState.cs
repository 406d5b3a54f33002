namespace IntegrityGate.Enforcement.Labels;

/// <summary>What one frame's text amounts to as a label; the higher, the closer to what the law asks for.</summary>
public enum LabelState
{
    /// <summary>No label.</summary>
    None = 0,

    /// <summary>A disclosure that lacks an element of the wording.</summary>
    Wording = 1,

    /// <summary>A label that is too small.</summary>
    TooSmall = 2,

    /// <summary>A label of the right size that stands neither at an edge nor in a corner.</summary>
    Position = 3,

    /// <summary>A label that meets every demand which one frame can show.</summary>
    Sufficient = 4,
}
