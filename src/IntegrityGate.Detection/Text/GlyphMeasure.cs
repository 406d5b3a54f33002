namespace IntegrityGate.Detection.Text;

/// <summary>What the ruler says of a line.</summary>
/// <param name="Height">Height of the tallest glyph's fill, px; 0 when there are no strokes.</param>
/// <param name="Fill">The strokes taken for the fill; null when there are none.</param>
/// <param name="IsEnclosed">True when the fill lies within an outline (or a plate no wider than one).</param>
internal readonly record struct GlyphMeasure(double Height, StrokeMap? Fill, bool IsEnclosed);
