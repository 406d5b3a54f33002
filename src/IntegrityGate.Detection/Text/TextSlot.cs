using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Text;

/// <summary>The buffers of one running reading. Used by one reading at a time; they grow to what the frames ask for and stay.</summary>
internal sealed class TextSlot(ResizeAxisCache axes) : IDisposable
{
    private float[] _detection = [];
    private float[] _recognition = [];

    /// <summary>Resizes.</summary>
    public BilinearResizer Resizer { get; } = new(axes);

    /// <summary>The frame at the detector's size.</summary>
    public RgbPicture Small { get; } = new();

    /// <summary>One line at the recogniser's size.</summary>
    public RgbPicture Line { get; } = new();

    /// <summary>Finds regions.</summary>
    public RegionFinder Regions { get; } = new();

    /// <summary>Input of the detector.</summary>
    public Memory<float> DetectionTensor(int length) => Grow(ref _detection, length);

    /// <summary>Input of the recogniser.</summary>
    public Memory<float> RecognitionTensor(int length) => Grow(ref _recognition, length);

    /// <inheritdoc/>
    public void Dispose()
    {
        Small.Dispose();
        Line.Dispose();
    }

    private static Memory<float> Grow(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new float[length];
        return buffer.AsMemory(0, length);
    }
}
