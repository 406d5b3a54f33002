using System.Numerics.Tensors;
using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Text;

/// <summary>
/// Measures the ink height of glyphs on the picture's own px. Strokes are what a grey opening (light ink) or closing (dark ink)
/// levels away; a glyph ends where its strokes fall to half their strength, so that the blur of an encoder moves neither end.
/// Measured on drawn labels after x264 (crf 23 and 32, 360p to 1080p): on plates of opacity 0.6 and up -5 to +1 %, bare -4 to +4 %
/// with outliers to +30 %; an outline may be taken for ink, +10 %, on busy grounds up to +40 %.
/// </summary>
internal static class GlyphRuler
{
    /// <summary>Window that levels strokes and keeps grounds, as a share of the line's height: 0.45. The widest strokes in use (bold Latin) take 0.2.</summary>
    public const double WindowFraction = 0.45;

    /// <summary>Share of the strokes' strength at which ink ends: half, where a blurred edge stands still.</summary>
    private const double InkLevel = 0.5;

    /// <summary>Largest gap within a glyph, as a share of the line's box, which is 1.5 to 2 times the ink: 0.1. Plates reach further past the ink.</summary>
    private const double GapFraction = 0.1;

    /// <summary>A ground within this share of the contrast of one kind of stroke is taken to be the same colour: 0.08.</summary>
    private const double GroundFraction = 0.08;

    /// <summary>
    /// Strokes this much taller than those of the other kind are no text: 1.3. Ink and the gaps in it differ by less; the rim of a
    /// small plate, seen as a stroke around the text, is 1.6 times as tall.
    /// </summary>
    private const double RimRatio = 1.3;

    /// <summary>Weakest strokes measured, half strength on 0..255: 4. Under that an encoder's noise is as strong.</summary>
    private const float MinLevel = 4;

    /// <summary>Measures the tallest glyph.</summary>
    /// <param name="room">The line with room around it, at native size; glyphs upright.</param>
    /// <param name="line">The line's box in the room, px.</param>
    /// <param name="cells">One box a character in the room, px; a glyph may reach past its cell up and down, not past the line.</param>
    /// <returns>Height in px; 0 when there are no strokes.</returns>
    public static double Measure(RgbPicture room, PixelBox line, IReadOnlyList<PixelBox> cells)
    {
        var (width, height) = (room.Width, room.Height);
        var luma = Luma(room);
        var window = Math.Max((int)Math.Round(WindowFraction * Math.Min(line.Width, line.Height)), 3);
        var light = Strokes(luma, width, height, window, light: true);
        var dark = Strokes(luma, width, height, window, light: false);
        var gap = GapFraction * Math.Min(line.Width, line.Height);
        var (onLight, lightLevel) = Tallest(light, width, height, line, cells, gap);
        var (onDark, darkLevel) = Tallest(dark, width, height, line, cells, gap);
        if (lightLevel < MinLevel || darkLevel < MinLevel)
            return lightLevel < MinLevel && darkLevel < MinLevel ? 0 : lightLevel >= MinLevel ? onLight : onDark;
        if (Math.Max(onLight, onDark) > RimRatio * Math.Min(onLight, onDark) && Math.Min(onLight, onDark) > 0)
            return Math.Min(onLight, onDark);
        // Text has strokes of both kinds: its own, and an outline or the gaps between them. Gaps are as bright as the ground around;
        // an outline differs from it, as does the ink, and holds the ink inside.
        var bright = Mean(luma, light, lightLevel, width, height, line);
        var dim = Mean(luma, dark, darkLevel, width, height, line);
        var ground = (Ground(luma, width, height, line) - dim) / Math.Max(bright - dim, 1);
        return ground < GroundFraction ? onLight : ground > 1 - GroundFraction ? onDark : Math.Min(onLight, onDark);
    }

    private static (double Height, float Level) Tallest(float[] strokes, int width, int height, PixelBox line, IReadOnlyList<PixelBox> cells, double gap)
    {
        var level = (float)(InkLevel * Strength(strokes, width, height, line));
        double tallest = 0;
        if (level < MinLevel)
            return (tallest, level);
        foreach (var cell in cells)
            tallest = Math.Max(tallest, Extent(strokes, width, height, cell, line, level, gap));
        return (tallest, level);
    }

    private static float[] Luma(RgbPicture picture)
    {
        var pixels = picture.Pixels;
        var luma = new float[picture.Width * picture.Height];
        for (var i = 0; i < luma.Length; i++)
            luma[i] = (pixels[i * 3] * 0.299f) + (pixels[(i * 3) + 1] * 0.587f) + (pixels[(i * 3) + 2] * 0.114f);
        return luma;
    }

    private static float[] Strokes(float[] luma, int width, int height, int window, bool light)
    {
        var ground = new float[luma.Length];
        if (light)
            luma.CopyTo(ground, 0);
        else
            TensorPrimitives.Negate(luma, ground);
        var strokes = (float[])ground.Clone();
        RankFilter.Open(ground, new float[luma.Length], width, height, window);
        TensorPrimitives.Subtract(strokes, ground, strokes);
        return strokes;
    }

    // Brightness of the px whose strokes are strong.
    private static double Mean(float[] luma, float[] strokes, float level, int width, int height, PixelBox box)
    {
        double sum = 0;
        double count = 0;
        foreach (var i in Inside(width, height, box))
        {
            if (strokes[i] >= level)
            {
                sum += luma[i];
                count++;
            }
        }

        return count > 0 ? sum / count : 0;
    }

    private static float Ground(float[] luma, int width, int height, PixelBox box)
    {
        // The rim of the line's box: inside a plate, outside the ink.
        var (left, top, right, bottom) = Clip(width, height, box);
        var rim = new List<float>();
        for (var x = left; x < right; x++)
        {
            rim.Add(luma[(top * width) + x]);
            rim.Add(luma[((bottom - 1) * width) + x]);
        }

        rim.Sort();
        return rim[rim.Count / 2];
    }

    private static double Strength(float[] strokes, int width, int height, PixelBox box)
    {
        var values = Inside(width, height, box).Select(i => strokes[i]).ToArray();
        Array.Sort(values);
        return values[(int)(values.Length * 0.93)];
    }

    private static IEnumerable<int> Inside(int width, int height, PixelBox box)
    {
        var (left, top, right, bottom) = Clip(width, height, box);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
                yield return (y * width) + x;
        }
    }

    private static (int Left, int Top, int Right, int Bottom) Clip(int width, int height, PixelBox box)
    {
        var left = (int)Math.Clamp(Math.Floor(box.X), 0, width - 1);
        var top = (int)Math.Clamp(Math.Floor(box.Y), 0, height - 1);
        return (left, top, (int)Math.Clamp(Math.Ceiling(box.Right), left + 1, width), (int)Math.Clamp(Math.Ceiling(box.Bottom), top + 1, height));
    }

    private static double Extent(float[] ink, int width, int height, PixelBox cell, PixelBox line, float level, double gap)
    {
        var (left, top, right, bottom) = Clip(width, height, cell);
        var rows = new float[height];
        for (var y = 0; y < height; y++)
            rows[y] = TensorPrimitives.Max(ink.AsSpan((y * width) + left, right - left));
        // From the middle outwards, over gaps of a glyph, not past the line: a plate's edge or the next line may be near.
        var (_, from, _, to) = Clip(width, height, line);
        var middle = (top + bottom) / 2;
        var first = -1;
        for (var y = middle; y >= from && (first < 0 ? middle - y <= 3 * gap : first - y <= gap); y--)
            first = rows[y] >= level ? y : first;
        var last = -1;
        for (var y = middle; y < to && (last < 0 ? y - middle <= 3 * gap : y - last <= gap); y++)
            last = rows[y] >= level ? y : last;
        if (first < 0 || last < 0)
            return 0;
        // Between px the strength is taken to change evenly.
        var start = first > 0 && rows[first - 1] < level ? first - 0.5 + ((level - rows[first - 1]) / (rows[first] - rows[first - 1])) : first;
        var end = last < height - 1 && rows[last + 1] < level ? last + 1.5 - ((level - rows[last + 1]) / (rows[last] - rows[last + 1])) : last + 1;
        return Math.Max(end - start, 0);
    }
}
