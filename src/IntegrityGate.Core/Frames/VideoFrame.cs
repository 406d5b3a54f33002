using System.Buffers;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Frames;

/// <summary>
/// One decoded picture at its native size: RGB, 8 bits a channel, interleaved, rows top to bottom without padding
/// (<c>Pixels[(y * Width + x) * 3 + c]</c>, c = 0 R, 1 G, 2 B). One owner at a time; disposing gives the pixels back to the pool.
/// </summary>
public sealed class VideoFrame : IDisposable
{
    private byte[]? _pixels;

    /// <summary>Rents a frame; its pixels are not cleared.</summary>
    /// <param name="pts">Presentation time.</param>
    /// <param name="width">Width in px, at least 1.</param>
    /// <param name="height">Height in px, at least 1.</param>
    public VideoFrame(MediaTime pts, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Pts = pts;
        Width = width;
        Height = height;
        _pixels = ArrayPool<byte>.Shared.Rent(checked(width * height * 3));
    }

    /// <summary>Presentation time on the stream's clock.</summary>
    public MediaTime Pts { get; }

    /// <summary>Width in px.</summary>
    public int Width { get; }

    /// <summary>Height in px.</summary>
    public int Height { get; }

    /// <summary>The shorter side in px: what GB 45438-2025 5.4 measures a label's height against.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>The pixels, <c>Width * Height * 3</c> bytes.</summary>
    public Span<byte> Pixels => PixelMemory.Span;

    /// <summary>The pixels as memory, for readers that await.</summary>
    public Memory<byte> PixelMemory => (_pixels ?? throw new ObjectDisposedException(nameof(VideoFrame))).AsMemory(0, Width * Height * 3);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pixels, null) is { } pixels)
            ArrayPool<byte>.Shared.Return(pixels);
    }
}
