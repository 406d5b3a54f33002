using System.Buffers;

namespace IntegrityGate.Detection.Imaging;

/// <summary>
/// A reusable picture: RGB, 8 bits, interleaved, rows without padding. It grows to the largest size asked of it and keeps that
/// memory, so a worker that sees the same frame sizes again allocates nothing.
/// </summary>
internal sealed class RgbPicture : IDisposable
{
    private byte[] _pixels = [];

    /// <summary>Width, px; 0 before the first <see cref="Reset"/>.</summary>
    public int Width { get; private set; }

    /// <summary>Height, px; 0 before the first <see cref="Reset"/>.</summary>
    public int Height { get; private set; }

    /// <summary>The pixels, <c>Width * Height * 3</c> bytes.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, Width * Height * 3);

    /// <summary>Takes a new size; the pixels are not cleared.</summary>
    public void Reset(int width, int height)
    {
        var bytes = checked(width * height * 3);
        if (_pixels.Length < bytes)
        {
            Dispose();
            _pixels = ArrayPool<byte>.Shared.Rent(bytes);
        }

        Width = width;
        Height = height;
    }

    /// <summary>Copies a rectangle of another picture into this one.</summary>
    public void CopyFrom(ReadOnlySpan<byte> source, int sourceWidth, int x, int y, int width, int height)
    {
        Reset(width, height);
        var target = Pixels;
        for (var row = 0; row < height; row++)
            source.Slice((((y + row) * sourceWidth) + x) * 3, width * 3).CopyTo(target[(row * width * 3)..]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_pixels.Length > 0)
            ArrayPool<byte>.Shared.Return(_pixels);
        _pixels = [];
        Width = 0;
        Height = 0;
    }
}
