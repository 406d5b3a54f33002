using IntegrityGate.Core.Frames;

namespace IntegrityGate.Core.Evidence;

/// <summary>One line of text on a frame.</summary>
/// <param name="Text">As read; may contain misread characters.</param>
/// <param name="Confidence">Mean character confidence, 0..1.</param>
/// <param name="Box">Where it stands on the frame, px.</param>
/// <param name="GlyphHeight">Height of the tallest rendered glyph in px, measured on the picture's own pixels (not the detector's box, which has a margin).</param>
public sealed record TextLine(string Text, double Confidence, PixelBox Box, double GlyphHeight);
