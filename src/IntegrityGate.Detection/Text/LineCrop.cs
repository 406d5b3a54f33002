using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Text;

/// <summary>One line, cut out for the recogniser.</summary>
/// <param name="box">Its box on the frame, px.</param>
internal sealed class LineCrop(RotatedBox box) : IDisposable
{
    /// <summary>Its box on the frame, px.</summary>
    public RotatedBox Box => box;

    /// <summary>The upright rectangle that was looked at, frame px.</summary>
    public PixelBox Place { get; set; }

    /// <summary>How it was laid down.</summary>
    public LineLayout Layout { get; init; }

    /// <summary>Cells of a stacked column; 0 else.</summary>
    public int Cells { get; set; }

    /// <summary>The px.</summary>
    public RgbPicture Picture { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();
}
