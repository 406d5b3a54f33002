namespace IntegrityGate.Detection.Tests.Support;

/// <summary>A label to draw.</summary>
/// <param name="Text">Its words.</param>
/// <param name="HeightFraction">Ink height of its tallest glyph as a share of the frame's short side.</param>
/// <param name="Corner">0 top left, 1 top right, 2 bottom left, 3 bottom right.</param>
/// <param name="Opacity">0..1.</param>
/// <param name="Style">How it is set.</param>
/// <param name="Font">Font file.</param>
public sealed record LabelSpec(string Text, double HeightFraction, int Corner, double Opacity, LabelStyle Style, string Font);
