using System.Runtime.InteropServices;
using SkiaSharp;

namespace IntegrityGate.Detection.Tests.Support;

/// <summary>Draws labels over pictures with a font's own outlines, so that the true ink height is known to fractions of a px.</summary>
public static class LabelScene
{
    /// <summary>Where Debian's fonts-noto-cjk puts its fonts.</summary>
    public const string FontFolder = "/usr/share/fonts/opentype/noto";

    /// <summary>Sans, regular.</summary>
    public const string Sans = FontFolder + "/NotoSansCJK-Regular.ttc";

    /// <summary>Sans, bold.</summary>
    public const string SansBold = FontFolder + "/NotoSansCJK-Bold.ttc";

    /// <summary>Serif, bold.</summary>
    public const string SerifBold = FontFolder + "/NotoSerifCJK-Bold.ttc";

    /// <summary>Skips the running test when the fonts are absent.</summary>
    public static void RequireFonts() => Assert.SkipUnless(File.Exists(Sans) && File.Exists(SansBold), "fonts-noto-cjk is not installed");

    /// <summary>A picture file, filled into a size.</summary>
    public static SKBitmap Background(string path, int width, int height)
    {
        using var picture = SKBitmap.Decode(path);
        var bitmap = Create(width, height);
        using var canvas = new SKCanvas(bitmap);
        var scale = Math.Max((float)width / picture.Width, (float)height / picture.Height);
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(
            image,
            SKRect.Create((width - (picture.Width * scale)) / 2, (height - (picture.Height * scale)) / 2, picture.Width * scale, picture.Height * scale),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return bitmap;
    }

    /// <summary>A made-up picture: a colour gradient with discs and bars, different for every seed.</summary>
    public static SKBitmap Background(int seed, int width, int height)
    {
        var random = new Random(seed);
        var bitmap = Create(width, height);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { IsAntialias = true };
        using var gradient = SKShader.CreateLinearGradient(new SKPoint(0, 0), new SKPoint(width, height), [Colour(), Colour(), Colour()], SKShaderTileMode.Clamp);
        paint.Shader = gradient;
        canvas.DrawRect(0, 0, width, height, paint);
        paint.Shader = null;
        for (var i = 0; i < 40; i++)
        {
            paint.Color = Colour().WithAlpha(120);
            if (i % 2 == 0)
                canvas.DrawCircle(random.Next(width), random.Next(height), random.Next(height / 6) + 4, paint);
            else
                canvas.DrawRect(random.Next(width), random.Next(height), random.Next(width / 5) + 4, random.Next(height / 5) + 4, paint);
        }

        return bitmap;

        SKColor Colour() => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
    }

    /// <summary>Draws a label.</summary>
    /// <returns>The true ink height of its tallest glyph, px, and where the text stands.</returns>
    public static (double Height, SKRect Place) Draw(SKBitmap bitmap, LabelSpec label)
    {
        using var typeface = SKTypeface.FromFile(label.Font, 0);
        var target = label.HeightFraction * Math.Min(bitmap.Width, bitmap.Height);
        using var probe = new SKFont(typeface, 100);
        using var font = new SKFont(typeface, (float)(100 * target / TallestGlyph(probe, label.Text))) { Subpixel = true, Hinting = SKFontHinting.None, Edging = SKFontEdging.Antialias };
        var height = TallestGlyph(font, label.Text);
        using var text = font.GetTextPath(label.Text, SKPoint.Empty);
        var ink = text.TightBounds;
        var pad = (float)target * 0.35f;
        var margin = (float)(0.02 * Math.Min(bitmap.Width, bitmap.Height)) + pad;
        var left = label.Corner % 2 == 0 ? margin : bitmap.Width - margin - ink.Width;
        var top = label.Corner < 2 ? margin : bitmap.Height - margin - ink.Height;
        var place = SKRect.Create(left, top, ink.Width, ink.Height);
        text.Transform(SKMatrix.CreateTranslation(left - ink.Left, top - ink.Top));
        using var canvas = new SKCanvas(bitmap);
        using var layer = new SKPaint { Color = SKColors.White.WithAlpha((byte)Math.Round(255 * label.Opacity)) };
        canvas.SaveLayer(layer);
        using var paint = new SKPaint { IsAntialias = true };
        if (label.Style is LabelStyle.Plate or LabelStyle.LightPlate)
        {
            paint.Color = label.Style == LabelStyle.Plate ? SKColors.Black : SKColors.White;
            canvas.DrawRect(SKRect.Inflate(place, pad, pad), paint);
        }

        if (label.Style == LabelStyle.Outline)
        {
            paint.Color = SKColors.Black;
            paint.Style = SKPaintStyle.Stroke;
            paint.StrokeWidth = Math.Max((float)target * 0.12f, 2);
            paint.StrokeJoin = SKStrokeJoin.Round;
            canvas.DrawPath(text, paint);
            paint.Style = SKPaintStyle.Fill;
        }

        paint.Color = label.Style == LabelStyle.LightPlate ? SKColors.Black : SKColors.White;
        canvas.DrawPath(text, paint);
        canvas.Restore();
        return (height, place);
    }

    /// <summary>The pixels as interleaved RGB.</summary>
    public static byte[] ToRgb(SKBitmap bitmap)
    {
        var source = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        var pixels = new byte[source.Length * 3];
        for (var i = 0; i < source.Length; i++)
        {
            pixels[i * 3] = (byte)source[i];
            pixels[(i * 3) + 1] = (byte)(source[i] >> 8);
            pixels[(i * 3) + 2] = (byte)(source[i] >> 16);
        }

        return pixels;
    }

    private static SKBitmap Create(int width, int height) => new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));

    private static double TallestGlyph(SKFont font, string text)
    {
        var tallest = 0f;
        foreach (var glyph in font.GetGlyphs(text))
        {
            using var path = font.GetGlyphPath(glyph);
            if (path is not null)
                tallest = Math.Max(tallest, path.TightBounds.Height);
        }

        return tallest;
    }
}
