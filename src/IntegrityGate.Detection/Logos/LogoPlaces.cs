namespace IntegrityGate.Detection.Logos;

/// <summary>Where a logo may stand: the eight fields around the middle of the picture.</summary>
[Flags]
internal enum LogoPlaces
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>Top left corner.</summary>
    TopLeft = 1,

    /// <summary>Top right corner.</summary>
    TopRight = 2,

    /// <summary>Bottom left corner.</summary>
    BottomLeft = 4,

    /// <summary>Bottom right corner.</summary>
    BottomRight = 8,

    /// <summary>Upper edge between the corners.</summary>
    Top = 16,

    /// <summary>Lower edge between the corners.</summary>
    Bottom = 32,

    /// <summary>Left edge between the corners.</summary>
    Left = 64,

    /// <summary>Right edge between the corners.</summary>
    Right = 128,

    /// <summary>All four corners.</summary>
    AnyCorner = TopLeft | TopRight | BottomLeft | BottomRight,

    /// <summary>All four corners and the edges between them.</summary>
    AnyEdge = AnyCorner | Top | Bottom | Left | Right,
}
