using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Replays;

/// <summary>The buffers of one print.</summary>
internal sealed class PrintSlot(ResizeAxisCache axes) : IDisposable
{
    /// <summary>Resizes.</summary>
    public BilinearResizer Resizer { get; } = new(axes);

    /// <summary>The shrunk picture.</summary>
    public RgbPicture Thumb { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => Thumb.Dispose();
}
