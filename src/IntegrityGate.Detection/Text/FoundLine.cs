using IntegrityGate.Core.Frames;

namespace IntegrityGate.Detection.Text;

/// <summary>A line that was read and measured.</summary>
/// <param name="crop">What was cut.</param>
/// <param name="row">The crop's own px within the ruler's picture.</param>
internal sealed class FoundLine(LineCrop crop, PixelBox row)
{
    /// <summary>What was cut.</summary>
    public LineCrop Crop => crop;

    /// <summary>The crop's own px within the ruler's picture.</summary>
    public PixelBox Row => row;

    /// <summary>What was read.</summary>
    public required RecognisedText Text { get; set; }

    /// <summary>What was measured.</summary>
    public required GlyphMeasure Measure { get; init; }
}
