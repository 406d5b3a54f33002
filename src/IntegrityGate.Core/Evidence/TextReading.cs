using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Evidence;

/// <summary>The text that was read off one frame, or off parts of it.</summary>
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
    IReadOnlyList<TextLine> Lines) : EvidenceItem(At, Model)
{
    /// <summary>The parts that were read, px; null (default) when it was the whole frame. What is not in <see cref="Lines"/> is absent from these parts only.</summary>
    public IReadOnlyList<PixelBox>? Parts { get; init; }

    /// <summary>True when the whole frame was read, so that what was not found is not there.</summary>
    public bool IsWhole => Parts is null;
}
