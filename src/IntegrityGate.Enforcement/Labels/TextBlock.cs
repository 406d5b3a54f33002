using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>A label's text shaped at one size, with the ink of each glyph measured on rendered pixels.</summary>
internal sealed class TextBlock
{
    private readonly List<(ushort[] Glyphs, SKPoint[] Points, float Width)> _lines = [];
    private readonly SKFont _font;

    /// <summary>Shapes and measures.</summary>
    /// <param name="lines">The text, one entry a line.</param>
    /// <param name="shaper">The shaper of the font's typeface.</param>
    /// <param name="font">The font at the size.</param>
    public TextBlock(IReadOnlyList<LabelLine> lines, SKShaper shaper, SKFont font)
    {
        _font = font;
        var inks = new Dictionary<ushort, (int Top, int Bottom)>();
        foreach (var line in lines)
        {
            var shaped = shaper.Shape(line.Text, font);
            var glyphs = Array.ConvertAll(shaped.Codepoints, codepoint => (ushort)codepoint);
            if (Array.IndexOf(glyphs, (ushort)0) >= 0)
                throw new InvalidOperationException($"The label font {font.Typeface?.FamilyName} lacks a glyph of \"{line.Text}\".");
            _lines.Add((glyphs, shaped.Points, shaped.Width));
            for (var i = 0; i < glyphs.Length; i++)
            {
                if (!inks.TryGetValue(glyphs[i], out var ink))
                    inks[glyphs[i]] = ink = Measure(glyphs[i]);
                if (ink.Bottom < ink.Top)
                    continue;
                Top = Math.Min(Top, ink.Top);
                Bottom = Math.Max(Bottom, ink.Bottom);
                Tallest = Math.Max(Tallest, ink.Bottom - ink.Top + 1);
                if (line.IsRequired((int)shaped.Clusters[i]))
                    Shortest = Math.Min(Shortest, ink.Bottom - ink.Top + 1);
            }
        }
    }

    /// <summary>Ink height of the shortest required glyph, px.</summary>
    public int Shortest { get; private set; } = int.MaxValue;

    /// <summary>Ink height of the tallest glyph, px.</summary>
    public int Tallest { get; private set; }

    /// <summary>Highest ink row of any glyph, relative to the baseline (negative is above).</summary>
    public int Top { get; private set; } = int.MaxValue;

    /// <summary>Lowest ink row of any glyph, relative to the baseline.</summary>
    public int Bottom { get; private set; } = int.MinValue;

    /// <summary>Width of the widest line, px.</summary>
    public int Width => (int)Math.Ceiling(_lines.Max(line => line.Width));

    /// <summary>Height of the ink of all lines, px.</summary>
    /// <param name="gap">Between two lines, px.</param>
    public int Height(int gap) => (_lines.Count * LineHeight) + ((_lines.Count - 1) * gap);

    private int LineHeight => Bottom - Top + 1;

    /// <summary>Draws the lines, each centred.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="x">Left edge of the block.</param>
    /// <param name="y">Top ink row of the block.</param>
    /// <param name="width">Width of the block.</param>
    /// <param name="gap">Between two lines.</param>
    /// <param name="paint">Colour.</param>
    public void Draw(SKCanvas canvas, int x, int y, int width, int gap, SKPaint paint)
    {
        for (var i = 0; i < _lines.Count; i++)
        {
            // Whole pixels: the measured rows are the drawn rows.
            var left = x + (int)Math.Round((width - _lines[i].Width) / 2);
            var baseline = y + (i * (LineHeight + gap)) - Top;
            using var builder = new SKTextBlobBuilder();
            builder.AddPositionedRun(_lines[i].Glyphs, _font, _lines[i].Points);
            using var blob = builder.Build();
            canvas.DrawText(blob, left, baseline, paint);
        }
    }

    // Rows in which some pixel is at least half covered.
    private (int Top, int Bottom) Measure(ushort glyph)
    {
        const byte Half = 128;
        var side = (int)Math.Ceiling(_font.Size * 2) + 4;
        var baseline = (int)(side * 0.7);
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Alpha8, SKAlphaType.Premul));
        bitmap.Erase(SKColors.Transparent);
        using (var canvas = new SKCanvas(bitmap))
        using (var paint = new SKPaint { Color = SKColors.White, IsAntialias = true })
        using (var builder = new SKTextBlobBuilder())
        {
            builder.AddPositionedRun([glyph], _font, [new SKPoint(0, 0)]);
            using var blob = builder.Build();
            canvas.DrawText(blob, side / 4, baseline, paint);
        }

        var pixels = bitmap.GetPixelSpan();
        var top = int.MaxValue;
        var bottom = int.MinValue;
        for (var y = 0; y < side; y++)
        {
            if (pixels.Slice(y * bitmap.RowBytes, side).IndexOfAnyInRange(Half, byte.MaxValue) < 0)
                continue;
            top = Math.Min(top, y - baseline);
            bottom = Math.Max(bottom, y - baseline);
        }

        return (top, bottom);
    }
}
