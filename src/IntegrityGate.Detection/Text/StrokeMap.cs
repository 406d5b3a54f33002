using System.Numerics.Tensors;
using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Text;

/// <summary>
/// The strokes of one kind, light or dark, in a cut-out line: what a grey opening (light) or closing (dark) levels away, so that
/// a wide ground of any brightness counts for nothing.
/// </summary>
internal sealed class StrokeMap
{
    /// <summary>Share of the strokes' strength at which a stroke ends: half, where a blurred edge stands still.</summary>
    private const double EdgeLevel = 0.5;

    /// <summary>Rank, within the line's box, of the strength that stands for the strokes: 0.93. Thin fonts ink 15 % of the box.</summary>
    private const double StrengthRank = 0.93;

    private readonly float[] _strength;

    private StrokeMap(float[] strength, int width, int height, bool isLight)
    {
        _strength = strength;
        Width = width;
        Height = height;
        IsLight = isLight;
    }

    /// <summary>Row length, px.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>True for strokes brighter than what is beside them.</summary>
    public bool IsLight { get; }

    /// <summary>Half the strokes' strength, 0..255: at or above it a px is part of a stroke.</summary>
    public float Level { get; private init; }

    /// <summary>Strength by px, 0..255.</summary>
    public ReadOnlySpan<float> Strength => _strength;

    /// <summary>Finds strokes narrower than a window.</summary>
    /// <param name="luma">Brightness by px, 0..255.</param>
    /// <param name="width">Row length.</param>
    /// <param name="height">Rows.</param>
    /// <param name="line">The line's box, px.</param>
    /// <param name="window">Side of the window, px.</param>
    /// <param name="light">Which kind.</param>
    public static StrokeMap Find(float[] luma, int width, int height, PixelBox line, int window, bool light)
    {
        var ground = new float[luma.Length];
        if (light)
            luma.CopyTo(ground, 0);
        else
            TensorPrimitives.Negate(luma, ground);
        var strength = (float[])ground.Clone();
        RankFilter.Open(ground, new float[luma.Length], width, height, window);
        TensorPrimitives.Subtract(strength, ground, strength);
        return new StrokeMap(strength, width, height, light) { Level = (float)(EdgeLevel * Rank(strength, PixelArea.Of(line, width, height), width)) };
    }

    /// <summary>The same strokes without some px.</summary>
    public StrokeMap Without(ReadOnlySpan<bool> left)
    {
        var strength = (float[])_strength.Clone();
        for (var i = 0; i < strength.Length; i++)
        {
            if (left[i])
                strength[i] = 0;
        }

        return new StrokeMap(strength, Width, Height, IsLight) { Level = Level };
    }

    /// <summary>Draws the strokes in an area black on white, their soft edges kept.</summary>
    public RgbPicture Draw(PixelBox box)
    {
        var area = PixelArea.Of(box, Width, Height);
        var picture = new RgbPicture();
        picture.Reset(area.Width, area.Height);
        var pixels = picture.Pixels;
        var full = Level / EdgeLevel;
        for (var y = 0; y < area.Height; y++)
        {
            for (var x = 0; x < area.Width; x++)
            {
                var ink = Math.Min(_strength[((area.Top + y) * Width) + area.Left + x] / full, 1);
                pixels.Slice(((y * area.Width) + x) * 3, 3).Fill((byte)(255 * (1 - ink)));
            }
        }

        return picture;
    }

    /// <summary>True when a px is part of a stroke.</summary>
    public bool IsStroke(int index) => _strength[index] >= Level;

    /// <summary>Mean brightness of the strokes in an area; 0 when there are none.</summary>
    public double MeanLuma(ReadOnlySpan<float> luma, PixelArea area)
    {
        double sum = 0;
        var count = 0;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++)
            {
                if (!IsStroke((y * Width) + x))
                    continue;
                sum += luma[(y * Width) + x];
                count++;
            }
        }

        return count > 0 ? sum / count : 0;
    }

    /// <summary>Where the strokes of a cell begin and end, rows with fractions.</summary>
    /// <param name="cell">The character's cell; strokes may reach past it up and down.</param>
    /// <param name="line">How far at most.</param>
    /// <param name="gap">Largest gap within a glyph, px.</param>
    /// <returns>Top and bottom; equal when there are none.</returns>
    public (double Top, double Bottom) Extent(PixelBox cell, PixelBox line, double gap)
    {
        var area = PixelArea.Of(cell, Width, Height);
        var rows = new float[Height];
        for (var y = 0; y < Height; y++)
            rows[y] = TensorPrimitives.Max<float>(_strength.AsSpan((y * Width) + area.Left, area.Right - area.Left));
        // From the middle outwards, over gaps of a glyph, not past the line: a plate's edge or the next line may be near.
        var limits = PixelArea.Of(line, Width, Height);
        var middle = (area.Top + area.Bottom) / 2;
        var first = -1;
        for (var y = middle; y >= limits.Top && (first < 0 ? middle - y <= 3 * gap : first - y <= gap); y--)
            first = rows[y] >= Level ? y : first;
        var last = -1;
        for (var y = middle; y < limits.Bottom && (last < 0 ? y - middle <= 3 * gap : y - last <= gap); y++)
            last = rows[y] >= Level ? y : last;
        if (first < 0 || last < 0)
            return (middle, middle);
        // Between px the strength is taken to change evenly.
        var top = first > 0 && rows[first - 1] < Level ? first - 0.5 + ((Level - rows[first - 1]) / (rows[first] - rows[first - 1])) : first;
        var bottom = last < Height - 1 && rows[last + 1] < Level ? last + 1.5 - ((Level - rows[last + 1]) / (rows[last] - rows[last + 1])) : last + 1;
        return (top, Math.Max(bottom, top));
    }

    private static float Rank(float[] strength, PixelArea area, int width)
    {
        var values = new float[area.Width * area.Height];
        for (var y = area.Top; y < area.Bottom; y++)
            strength.AsSpan((y * width) + area.Left, area.Width).CopyTo(values.AsSpan((y - area.Top) * area.Width));
        Array.Sort(values);
        return values[(int)(values.Length * StrengthRank)];
    }
}
