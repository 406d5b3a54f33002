namespace IntegrityGate.Enforcement.Labels;

/// <summary>How other people's labels are read.</summary>
public sealed record LabelReadingOptions
{
    /// <summary>0.6: under this mean character confidence a line is not trusted to hold any particular word.</summary>
    public double MinConfidence { get; init; } = 0.6;

    /// <summary>0.95: a measured height may fall short by 5 %, the error of measuring a glyph's edge on a picture that H.264 has blurred by about one pixel in twenty.</summary>
    public double HeightTolerance { get; init; } = 0.95;

    /// <summary>0.25: a label is at an edge when its centre lies in the outer quarter of the width or of the height. GB 45438-2025 5.4 gives no figure; a quarter is the widest band that leaves the middle half of the picture out.</summary>
    public double EdgeBand { get; init; } = 0.25;

    /// <summary>40 characters: a longer line is a text about the matter, not a label; the longest platform label known has 18.</summary>
    public int MaxLabelCharacters { get; init; } = 40;

    /// <summary>128 lines: a page of text has 60; more is not a label's surroundings but a load.</summary>
    public int MaxLines { get; init; } = 128;

    /// <summary>2 looks in a row (or as good as) before a missing or faulty label counts: one frame decides nothing.</summary>
    public int MissingAfterLooks { get; init; } = 2;

    /// <summary>400 ms between the first and the last of those looks: two neighbouring frames are one observation.</summary>
    public TimeSpan MissingSpread { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>4 looks: for so long a fault seen once (too small, wrong words) stays the finding, although the reader misses the small text now and then.</summary>
    public int FaultMemoryLooks { get; init; } = 4;
}
