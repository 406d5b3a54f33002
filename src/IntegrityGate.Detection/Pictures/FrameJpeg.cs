using IntegrityGate.Core.Frames;
using SkiaSharp;

namespace IntegrityGate.Detection.Pictures;

/// <summary>Encodes frames as JPEG: evidence at full size, thumbnails for the page.</summary>
public static class FrameJpeg
{
    /// <summary>Quality of evidence when none is given: 90. Text of 5 % of a 360p frame stays readable; a 1080p frame takes some 400 KB.</summary>
    public const int EvidenceQuality = 90;

    /// <summary>Encodes a frame at its size.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="quality">1 to 100.</param>
    /// <returns>The JPEG file.</returns>
    public static byte[] Encode(VideoFrame frame, int quality = EvidenceQuality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        using var bitmap = ToBitmap(frame);
        return Encode(bitmap, quality);
    }

    /// <summary>Encodes a frame small.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="maxLongSide">Its longer side is shrunk to this, px; smaller frames keep their size.</param>
    /// <param name="quality">1 to 100.</param>
    /// <returns>The JPEG file.</returns>
    public static byte[] EncodeThumbnail(VideoFrame frame, int maxLongSide, int quality = 75)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLongSide, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        using var bitmap = ToBitmap(frame);
        var scale = (double)maxLongSide / Math.Max(frame.Width, frame.Height);
        if (scale >= 1)
            return Encode(bitmap, quality);
        var size = new SKSizeI(Math.Max((int)Math.Round(frame.Width * scale), 1), Math.Max((int)Math.Round(frame.Height * scale), 1));
        using var small = bitmap.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            ?? throw new InvalidOperationException($"A picture of {frame.Width} x {frame.Height} px could not be shrunk to {size.Width} x {size.Height} px.");
        return Encode(small, quality);
    }

    private static byte[] Encode(SKBitmap bitmap, int quality)
    {
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality)
            ?? throw new InvalidOperationException($"A picture of {bitmap.Width} x {bitmap.Height} px could not be encoded as JPEG.");
        return data.ToArray();
    }

    private static SKBitmap ToBitmap(VideoFrame frame)
    {
        var bitmap = new SKBitmap(new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var source = frame.Pixels;
        var target = bitmap.GetPixelSpan();
        for (int from = 0, to = 0; from < source.Length; from += 3, to += 4)
        {
            target[to] = source[from];
            target[to + 1] = source[from + 1];
            target[to + 2] = source[from + 2];
            target[to + 3] = 255;
        }

        return bitmap;
    }
}
