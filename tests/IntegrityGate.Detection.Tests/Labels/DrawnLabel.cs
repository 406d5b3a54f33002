using SkiaSharp;

namespace IntegrityGate.Detection.Tests.Labels;

/// <summary>A picture with a label on it.</summary>
/// <param name="Pixels">Interleaved RGB.</param>
/// <param name="Height">True ink height of the tallest glyph, px.</param>
/// <param name="Place">Where the text stands, px.</param>
/// <param name="VisibleShare">Share of the strokes' edges, 0..1, that differ in brightness from what is beside them.</param>
public sealed record DrawnLabel(byte[] Pixels, double Height, SKRect Place, double VisibleShare);
