using IntegrityGate.Core.Frames;

namespace IntegrityGate.Detection.Text;

/// <summary>Where one character of a line stands.</summary>
/// <param name="Box">Its cell, px; its glyph may reach past it.</param>
/// <param name="IsIdeograph">True for a Chinese character: in one font these are all of nearly one height, and higher than capitals.</param>
internal readonly record struct GlyphCell(PixelBox Box, bool IsIdeograph);
