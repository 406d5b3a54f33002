using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Rules;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>What one text reading says of the label.</summary>
/// <param name="At">Presentation time of the frame.</param>
/// <param name="State">The best line's state.</param>
/// <param name="Text">That line as read; empty when there is none.</param>
/// <param name="Box">Where it stands, px; null when there is none.</param>
/// <param name="GlyphHeight">Its tallest glyph, px (of a label on two lines: the lower of the two lines' tallest); 0 when there is none.</param>
/// <param name="LeastGlyphHeight">The height asked for on this frame, px.</param>
public sealed record LabelFinding(
    MediaTime At,
    LabelState State,
    string Text,
    PixelBox? Box,
    double GlyphHeight,
    double LeastGlyphHeight)
{
    /// <summary>True (default) when the whole frame was read; else what was not found may stand elsewhere.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The rule of wording, height or position that the line breaks first; null when it breaks none, or there is no label.</summary>
    public Rule? Broken { get; init; }

    /// <summary>True when it says how the duty stands: a label that suffices does wherever it was read, its absence or a fault only when the whole frame was.</summary>
    public bool IsConclusive => IsWhole || State == LabelState.Sufficient;
}
