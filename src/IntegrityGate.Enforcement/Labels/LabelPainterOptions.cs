namespace IntegrityGate.Enforcement.Labels;

/// <summary>How stamped labels look; what they say and how high they are is the directive's.</summary>
public sealed record LabelPainterOptions
{
    /// <summary>A font file of the operator's, or null to look among the installed fonts.</summary>
    public string? FontPath { get; init; }

    /// <summary>0.66: white on the plate keeps 6:1 over a white picture (4.5:1 needs 0.54), and the picture still shows through.</summary>
    public double PlateOpacity { get; init; } = 0.66;

    /// <summary>0.03 of the shortest side between the plate and the picture's edge: players round corners and crop a little.</summary>
    public double SafeMargin { get; init; } = 0.03;

    /// <summary>10 px: under that no CJK glyph is legible, whatever share of the picture it takes (GB 45438-2025 5.4 asks for legible).</summary>
    public int LeastGlyphPixels { get; init; } = 10;

    /// <summary>128 drawn labels are kept: a gate has some ten sizes and three wordings; a label takes some 10 KB.</summary>
    public int CacheEntries { get; init; } = 128;

    /// <summary>8,192 px: the largest side that common video profiles allow.</summary>
    public int MaxPictureSide { get; init; } = 8192;
}
