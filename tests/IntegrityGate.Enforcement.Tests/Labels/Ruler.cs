using SkiaSharp;

namespace IntegrityGate.Enforcement.Tests.Labels;

/// <summary>Measures glyphs on a picture by itself, knowing nothing of how the label was drawn: bright ink, rows and columns.</summary>
internal static class Ruler
{
    /// <summary>The columns of ink that blank columns part: height in rows of each, left to right. A glyph of two strokes may count as two.</summary>
    public static List<(int X, int Width, int Height)> Pieces(SKBitmap picture, byte threshold, int fromRow, int toRow)
    {
        var pieces = new List<(int X, int Width, int Height)>();
        var start = -1;
        for (var x = 0; x <= picture.Width; x++)
        {
            var inked = x < picture.Width && Enumerable.Range(fromRow, toRow - fromRow).Any(y => IsInk(picture, x, y, threshold));
            if (inked && start < 0)
                start = x;
            if (inked || start < 0)
                continue;
            var rows = Enumerable.Range(fromRow, toRow - fromRow).Where(y => Enumerable.Range(start, x - start).Any(column => IsInk(picture, column, y, threshold))).ToArray();
            pieces.Add((start, x - start, rows[^1] - rows[0] + 1));
            start = -1;
        }

        return pieces;
    }

    /// <summary>Bands of rows with ink that blank rows part.</summary>
    public static List<(int From, int To)> Bands(SKBitmap picture, byte threshold)
    {
        var bands = new List<(int From, int To)>();
        var start = -1;
        for (var y = 0; y <= picture.Height; y++)
        {
            var inked = y < picture.Height && Enumerable.Range(0, picture.Width).Any(x => IsInk(picture, x, y, threshold));
            if (inked && start < 0)
                start = y;
            if (!inked && start >= 0)
            {
                bands.Add((start, y));
                start = -1;
            }
        }

        return bands;
    }

    /// <summary>WCAG relative luminance of an sRGB colour, 0..1.</summary>
    public static double Luminance(SKColor colour)
    {
        static double Linear(byte channel)
        {
            var value = channel / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue));
    }

    /// <summary>WCAG contrast of two luminances.</summary>
    public static double Contrast(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    private static bool IsInk(SKBitmap picture, int x, int y, byte threshold)
    {
        var colour = picture.GetPixel(x, y);
        return Math.Min(colour.Red, Math.Min(colour.Green, colour.Blue)) >= threshold && colour.Alpha >= threshold;
    }
}
