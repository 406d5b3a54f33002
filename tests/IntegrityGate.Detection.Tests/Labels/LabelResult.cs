using IntegrityGate.Enforcement.Labels;

namespace IntegrityGate.Detection.Tests.Labels;

/// <summary>What became of one case.</summary>
/// <param name="Label">The case.</param>
/// <param name="VisibleShare">Share of its strokes' edges that stand out from the picture.</param>
/// <param name="Finding">What the rules of cn-2025 make of the frame's text.</param>
/// <param name="IsRead">True when the label's own elements (or the English disclosure) were read where it stands.</param>
/// <param name="Text">All that was read where it stands.</param>
/// <param name="Error">Relative error of the measured height; 0 when it was not read.</param>
public sealed record LabelResult(LabelCase Label, double VisibleShare, LabelFinding Finding, bool IsRead, string Text, double Error)
{
    /// <summary>
    /// True for a label that must be read: 5 % of the short side or more, opacity 0.6 or more, and four fifths of its edges visible
    /// (white letters on a white ground are legible to nobody, which GB 45438-2025 5.4 asks for).
    /// </summary>
    public bool IsDue => Label is { HeightFraction: >= 0.05, Opacity: >= 0.6 } && VisibleShare >= 0.8;
}
