using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Logos;

/// <summary>The buffers of one look.</summary>
internal sealed class LogoSlot(ResizeAxisCache axes) : IDisposable
{
    private byte[] _luma = [];

    /// <summary>Resizes.</summary>
    public BilinearResizer Resizer { get; } = new(axes);

    /// <summary>The frame at the analysis size.</summary>
    public RgbPicture Small { get; } = new();

    /// <summary>Its contrast.</summary>
    public ContrastPicture Fine { get; } = new();

    /// <summary>Its contrast at half the size.</summary>
    public ContrastPicture Coarse { get; } = new();

    /// <summary>Sums of products of a row of positions.</summary>
    public float[] Products { get; private set; } = [];

    /// <summary>Room for a frame's luma.</summary>
    public Span<byte> Luma(int length)
    {
        if (_luma.Length < length)
            _luma = new byte[length];
        return _luma.AsSpan(0, length);
    }

    /// <summary>Room for a row of positions.</summary>
    public Span<float> Row(int length)
    {
        if (Products.Length < length)
            Products = new float[length];
        return Products.AsSpan(0, length);
    }

    /// <inheritdoc/>
    public void Dispose() => Small.Dispose();
}
