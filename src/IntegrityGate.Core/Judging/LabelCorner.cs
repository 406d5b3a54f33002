namespace IntegrityGate.Core.Judging;

/// <summary>The corner that a stamped label stands in (GB 45438-2025 5.4: edge or corner).</summary>
public enum LabelCorner
{
    /// <summary>Top left.</summary>
    TopLeft,

    /// <summary>Top right.</summary>
    TopRight,

    /// <summary>Bottom left.</summary>
    BottomLeft,

    /// <summary>Bottom right.</summary>
    BottomRight,
}
