using SkiaSharp;

namespace IntegrityGate.Detection.Logos;

/// <summary>Reads a logo's PNG file.</summary>
internal static class LogoArtworkReader
{
    /// <summary>1 MiB: a logo of 512 px takes some 30 KB.</summary>
    public const long MaxFileBytes = 1 << 20;

    /// <summary>1,024 px a side: a template is shrunk to under a hundred.</summary>
    public const int MaxSide = 1024;

    // Fainter px are the soft edge of what is visible.
    private const byte Visible = 16;

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">Why not.</param>
    public static LogoArtwork? Read(string path, out string error)
    {
        try
        {
            if (new FileInfo(path) is { Exists: var exists } file && (!exists || file.Length > MaxFileBytes))
            {
                error = exists ? $"has over {MaxFileBytes} bytes" : "is not there";
                return null;
            }

            using var codec = SKCodec.Create(path);
            if (codec is null || codec.EncodedFormat != SKEncodedImageFormat.Png)
                error = "is no PNG file";
            else if (codec.Info.Width > MaxSide || codec.Info.Height > MaxSide)
                error = $"is {codec.Info.Width} x {codec.Info.Height} px, over {MaxSide}";
            else
                return Cut(codec, out error);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = exception.Message;
        }

        return null;
    }

    private static LogoArtwork? Cut(SKCodec codec, out string error)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            error = "cannot be decoded";
            return null;
        }

        var pixels = bitmap.GetPixelSpan();
        var (left, top, right, bottom) = (bitmap.Width, bitmap.Height, -1, -1);
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
            {
                if (pixels[(y * bitmap.RowBytes) + (x * 4) + 3] < Visible)
                    continue;
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
            }
        }

        var (width, height) = (right - left + 1, bottom - top + 1);
        if (right < 0 || width < 12 || height < 12 || width > 12 * height || height > 4 * width)
        {
            error = right < 0 ? "has nothing visible" : $"shows {width} x {height} px; at least 12 x 12, at most 12 times as wide as high or 4 times as high as wide";
            return null;
        }

        if (width == bitmap.Width && height == bitmap.Height && !HasAlpha(pixels))
        {
            error = "has no transparency: the ground would be taken for part of the logo";
            return null;
        }

        var (luma, alpha) = (new byte[width * height], new byte[width * height]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = ((y + top) * bitmap.RowBytes) + ((x + left) * 4);
                luma[(y * width) + x] = (byte)(((pixels[at] * 77) + (pixels[at + 1] * 150) + (pixels[at + 2] * 29)) >> 8);
                alpha[(y * width) + x] = pixels[at + 3];
            }
        }

        error = "";
        return new LogoArtwork(width, height, luma, alpha);
    }

    private static bool HasAlpha(ReadOnlySpan<byte> pixels)
    {
        for (var i = 3; i < pixels.Length; i += 4)
        {
            if (pixels[i] < 255 - Visible)
                return true;
        }

        return false;
    }
}
