namespace IntegrityGate.Core.Labels;

/// <summary>A label drawn for one picture size, ready to be laid over it.</summary>
/// <param name="Png">PNG file, RGBA, <paramref name="Width"/> x <paramref name="Height"/> px.</param>
/// <param name="X">Left edge on the picture, px; even, so that 4:2:0 chroma lines up.</param>
/// <param name="Y">Top edge on the picture, px; even.</param>
/// <param name="Width">Width, px; even.</param>
/// <param name="Height">Height, px; even.</param>
/// <param name="ShortestGlyph">Height in px of the shortest required glyph as rendered (GB 45438-2025 5.4 is checked on this).</param>
/// <param name="TallestGlyph">Height in px of the tallest glyph as rendered.</param>
public sealed record LabelImage(ReadOnlyMemory<byte> Png, int X, int Y, int Width, int Height, double ShortestGlyph, double TallestGlyph);
