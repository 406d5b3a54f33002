using System.Runtime.InteropServices;
using IntegrityGate.Detection.Tests.Labels;
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

    /// <summary>Latin sans, from Debian's fonts-dejavu-core; a CJK font where it is absent.</summary>
    public static readonly string LatinSans = Either("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", Sans);

    /// <summary>Latin serif, likewise.</summary>
    public static readonly string LatinSerif = Either("/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf", SerifBold);

    /// <summary>Brightness, 0..255, by which a fill must differ from what is beside it to be seen: 24, a contrast of 1.2:1 at mid grey.</summary>
    private const double VisibleLuma = 24;

    /// <summary>Skips the running test when the fonts are absent.</summary>
    public static void RequireFonts() => Assert.SkipUnless(File.Exists(Sans) && File.Exists(SansBold) && File.Exists(SerifBold), "fonts-noto-cjk is not installed");

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
    /// <returns>The true ink height of its tallest glyph, px; where the text stands; and the share of its fill that stands out from what is beside it.</returns>
    public static DrawnLabel Draw(SKBitmap bitmap, LabelCase label)
    {
        using var typeface = SKTypeface.FromFile(label.Font, 0);
        var target = (float)(label.HeightFraction * label.ShortSide);
        using var text = Outlines(typeface, label, target, out var height);
        var ink = text.TightBounds;
        var pad = target * 0.35f;
        var margin = (0.02f * label.ShortSide) + pad;
        var left = label.Place switch
        {
            LabelPlace.TopLeft or LabelPlace.Left or LabelPlace.BottomLeft => margin,
            LabelPlace.Top or LabelPlace.Bottom => (bitmap.Width - ink.Width) / 2,
            _ => bitmap.Width - margin - ink.Width,
        };
        var top = label.Place switch
        {
            LabelPlace.TopLeft or LabelPlace.Top or LabelPlace.TopRight => margin,
            LabelPlace.Left or LabelPlace.Right => (bitmap.Height - ink.Height) / 2,
            _ => bitmap.Height - margin - ink.Height,
        };
        var place = SKRect.Create(left, top, ink.Width, ink.Height);
        text.Transform(SKMatrix.CreateTranslation(left - ink.Left, top - ink.Top));
        using var canvas = new SKCanvas(bitmap);
        using var layer = new SKPaint { Color = SKColors.White.WithAlpha((byte)Math.Round(255 * label.Opacity)) };
        canvas.SaveLayer(layer);
        using var paint = new SKPaint { IsAntialias = true };
        var (fill, other) = Colours(label);
        paint.Color = other;
        switch (label.Style)
        {
            case LabelStyle.Plate or LabelStyle.LightPlate or LabelStyle.Veil:
                canvas.DrawRect(SKRect.Inflate(place, pad, pad), paint);
                break;
            case LabelStyle.Outline or LabelStyle.ColouredOutline or LabelStyle.DarkOutline:
                paint.Style = SKPaintStyle.Stroke;
                paint.StrokeWidth = Math.Max(2 * target * (float)label.OutlineFraction, 2);
                paint.StrokeJoin = SKStrokeJoin.Round;
                canvas.DrawPath(text, paint);
                paint.Style = SKPaintStyle.Fill;
                break;
            case LabelStyle.Shadow:
                using (var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, Math.Max(target * 0.04f, 0.5f)))
                {
                    var offset = Math.Max(target * 0.06f, 1);
                    paint.MaskFilter = blur;
                    canvas.Translate(offset, offset);
                    canvas.DrawPath(text, paint);
                    canvas.Translate(-offset, -offset);
                    paint.MaskFilter = null;
                }

                break;
            default:
                break;
        }

        paint.Color = fill;
        canvas.DrawPath(text, paint);
        canvas.Restore();
        return new DrawnLabel(ToRgb(bitmap), height, place, VisibleShare(bitmap, text, target));
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

    // Of the px within the fill, how many differ clearly in brightness from the nearest px outside it that is a tenth of the height
    // away, left or right: no reader, and no viewer, tells white on white.
    private static double VisibleShare(SKBitmap bitmap, SKPath text, float height)
    {
        var reach = Math.Max((int)(height * 0.1f), 1);
        var bounds = SKRectI.Ceiling(text.TightBounds);
        var (all, visible) = (0, 0);
        for (var y = Math.Max(bounds.Top, 0); y < Math.Min(bounds.Bottom, bitmap.Height); y++)
        {
            var inside = new bool[bitmap.Width];
            for (var x = Math.Max(bounds.Left - reach, 0); x < Math.Min(bounds.Right + reach, bitmap.Width); x++)
                inside[x] = text.Contains(x + 0.5f, y + 0.5f);
            for (var x = Math.Max(bounds.Left, reach); x < Math.Min(bounds.Right, bitmap.Width - reach); x++)
            {
                // Either edge of a stroke: the last px inside against the px outside of it.
                if (!inside[x] || (inside[x - 1] && inside[x + 1]))
                    continue;
                var beside = inside[x - 1] ? x + reach : x - reach;
                if (inside[beside])
                    continue;
                all++;
                visible += Math.Abs(Luma(bitmap.GetPixel(x, y)) - Luma(bitmap.GetPixel(beside, y))) >= VisibleLuma ? 1 : 0;
            }
        }

        return all > 0 ? (double)visible / all : 0;
    }

    private static double Luma(SKColor colour) => (0.299 * colour.Red) + (0.587 * colour.Green) + (0.114 * colour.Blue);

    private static string Either(string file, string otherwise) => File.Exists(file) ? file : otherwise;

    private static SKBitmap Create(int width, int height) => new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));

    private static (SKColor Fill, SKColor Other) Colours(LabelCase label) => label.Style switch
    {
        LabelStyle.LightPlate or LabelStyle.DarkOutline => (SKColors.Black, SKColors.White),
        LabelStyle.Veil => (SKColors.White, SKColors.Black.WithAlpha(128)),
        LabelStyle.ColouredOutline => (label.Picture % 4) switch
        {
            0 => (SKColors.Yellow, SKColors.Black),
            1 => (SKColors.White, SKColors.Red),
            2 => (SKColors.Red, SKColors.White),
            _ => (SKColors.Yellow, SKColors.MidnightBlue),
        },
        _ => (SKColors.White, SKColors.Black),
    };

    // The text's outlines, scaled until the tallest glyph has the height that is asked for.
    private static SKPath Outlines(SKTypeface typeface, LabelCase label, float target, out double height)
    {
        using var probe = new SKFont(typeface, 100) { Subpixel = true, Hinting = SKFontHinting.None };
        using var text = new SKPathBuilder();
        var tallest = 0f;
        var (x, y) = (0f, 0f);
        var firstWord = true;
        foreach (var character in label.Words)
        {
            firstWord &= character != ' ';
            var isSmall = label.Layout == LabelLayout.SmallCapitals && !firstWord;
            using var font = new SKFont(typeface, isSmall ? 78 : 100) { Subpixel = true, Hinting = SKFontHinting.None };
            var shown = label.Layout == LabelLayout.SmallCapitals ? char.ToUpperInvariant(character).ToString() : character.ToString();
            using var glyph = font.GetTextPath(shown, SKPoint.Empty);
            var ink = glyph.TightBounds;
            var advance = font.MeasureText(shown);
            tallest = Math.Max(tallest, ink.Height);
            text.AddPath(glyph, label.Layout == LabelLayout.Column ? (100 - advance) / 2 : x, y);
            x += advance;
            y += label.Layout == LabelLayout.Column ? 105 : 0;
        }

        var scale = target / tallest;
        height = tallest * scale;
        var outlines = text.Detach();
        outlines.Transform(SKMatrix.CreateScale(scale, scale));
        return outlines;
    }
}
