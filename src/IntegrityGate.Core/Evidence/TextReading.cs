using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Evidence;

/// <summary>All text that was read off one frame.</summary>
/// <param name="At">Presentation time of the frame.</param>
/// <param name="Model">The reader.</param>
/// <param name="FrameWidth">Frame width, px.</param>
/// <param name="FrameHeight">Frame height, px.</param>
/// <param name="Lines">The lines that were read; empty when there were none.</param>
public sealed record TextReading(
    MediaTime At,
    ModelReference Model,
    int FrameWidth,
    int FrameHeight,
    IReadOnlyList<TextLine> Lines) : EvidenceItem(At, Model);
