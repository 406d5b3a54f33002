using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Text;

/// <summary>
/// Measures the height of glyphs on the picture's own px, the fill without its outline. Light and dark strokes are found apart;
/// one kind is the fill, the other an outline around it or the gaps within it. The taller kind stands outside; the other is the
/// fill when it cannot be reached from outside without crossing the taller (an outline encloses its fill, but gaps are open
/// to the ground). Errors on the label set are in docs/5-detectors-and-models.md.
/// </summary>
internal static class GlyphRuler
{
    /// <summary>Window that levels strokes and keeps grounds, as a share of the line's height: 0.45. The widest strokes in use (bold Latin) take 0.2.</summary>
    public const double WindowFraction = 0.45;

    /// <summary>Largest gap within a glyph, as a share of the line's box, which is 1.5 to 2 times the ink: 0.14. The bar of 合 stands a tenth of its height above its 口; plates reach further past the ink.</summary>
    private const double GapFraction = 0.14;

    /// <summary>Weakest strokes measured, half strength on 0..255: 4. Under that an encoder's noise is as strong.</summary>
    private const float MinLevel = 4;

    /// <summary>Share of the inner strokes that must be out of reach for them to be the fill: half. Closed gaps (of 口, A, 日) are about a quarter of all gaps; an outline that the encoder has broken leaves more than half of the glyphs whole.</summary>
    private const double EnclosedShare = 0.5;

    /// <summary>Share of the outer strokes that must be out of reach for the rest to be left out as a piece of the picture: 0.3.</summary>
    private const double FreeShare = 0.3;

    /// <summary>How far outside the outer strokes the way in begins, as a share of their height: 0.05.</summary>
    private const double OutsideFraction = 0.05;

    /// <summary>How far beyond either end of the line, as a share of its height: 0.2.</summary>
    private const double SideFraction = 0.2;

    /// <summary>Rows in which a glyph's parts must begin or pass, as a share of the line's box around its middle: 0.5, three quarters of the ink. What lies wholly above or below belongs to the picture.</summary>
    private const double CoreFraction = 0.5;

    /// <summary>
    /// Of three Chinese characters and more the tallest may exceed the middle one by this factor: 1.04. In Noto Sans and Serif it is
    /// at most 1.03 for the wordings of labels; what stands out more has a piece of the picture in it.
    /// </summary>
    private const double MiddleRatio = 1.04;

    /// <summary>Of two it may exceed the other by this: 1.05. 成 over 生 is 1.04 in Noto Sans, 1.055 in bold and 1.067 in Noto Serif, where a fiftieth is lost on the safe side.</summary>
    private const double PairRatio = 1.05;

    /// <summary>Of letters it may exceed the one at a third of the order by this: 1.03, the ascender of a d over a capital.</summary>
    private const double LetterRatio = 1.03;

    /// <summary>A glyph of which more than this share can be reached from outside runs into the picture: 0.1.</summary>
    private const double LeakShare = 0.1;

    /// <summary>Two measures of one text are within this factor: 0.7. Gaps end within a stroke's width of the ink, a tenth at either end.</summary>
    private const double OneTextRatio = 0.7;

    /// <summary>Measures the tallest glyph.</summary>
    /// <param name="room">The line with room around it, at native size; glyphs upright.</param>
    /// <param name="line">The line's box in the room, px.</param>
    /// <param name="cells">One box a character in the room, px; in a row a glyph may reach past its cell up and down, not past the line.</param>
    /// <param name="isStacked">True when the cells stand one above the other.</param>
    public static GlyphMeasure Measure(RgbPicture room, PixelBox line, IReadOnlyList<GlyphCell> cells, bool isStacked)
    {
        var (width, height) = (room.Width, room.Height);
        var luma = Luma(room);
        var window = Math.Max((int)Math.Round(WindowFraction * Math.Min(line.Width, line.Height)), 3);
        var light = StrokeMap.Find(luma, width, height, line, window, light: true);
        var dark = StrokeMap.Find(luma, width, height, line, window, light: false);
        if (!isStacked)
            (light, dark) = (Core(light, line), Core(dark, line));
        if (light.Level < MinLevel || dark.Level < MinLevel)
        {
            var only = light.Level >= dark.Level ? light : dark;
            return only.Level < MinLevel ? default : new GlyphMeasure(Tallest(only, line, cells, isStacked), only, false);
        }

        var (lightExtents, darkExtents) = (Extents(light, line, cells, isStacked), Extents(dark, line, cells, isStacked));
        var (outer, inner) = MiddleLength(lightExtents) >= MiddleLength(darkExtents) ? (light, dark) : (dark, light);
        var all = lightExtents.Concat(darkExtents).ToList();
        if (all.Count == 0)
            return default;
        var outside = (all.Min(e => e.Top), all.Max(e => e.Bottom));
        var (isInnerFree, innerReached) = Reach(luma, inner, outer, line, outside, EnclosedShare);
        if (isInnerFree)
            return new GlyphMeasure(Tallest(inner, innerReached, line, cells, isStacked), inner.Without(innerReached), true);
        var (isOuterFree, outerReached) = Reach(luma, outer, inner, line, outside, FreeShare);
        if (isOuterFree)
            return new GlyphMeasure(Tallest(outer, outerReached, line, cells, isStacked), outer, false);
        // Ink that runs into a ground of its own brightness: what is certain is the lesser of both, if they are of one text at all.
        var (tall, low) = (Tallest(outer, line, cells, isStacked), Tallest(inner, line, cells, isStacked));
        return new GlyphMeasure(low >= OneTextRatio * tall ? Math.Min(low, tall) : tall, outer, false);
    }

    // Which px of one kind's brightness can be reached from outside the strokes, and whether that leaves a share of the strokes free.
    private static (bool IsFree, bool[] Reached) Reach(
        float[] luma, StrokeMap inner, StrokeMap outer, PixelBox line, (double Top, double Bottom) extent, double share)
    {
        var (width, height) = (outer.Width, outer.Height);
        // The line's box may cut its first and last glyph.
        var end = SideFraction * Math.Min(line.Width, line.Height);
        var area = PixelArea.Of(line with { X = line.X - end, Width = line.Width + (2 * end) }, width, height);
        var middle = (float)((outer.MeanLuma(luma, area) + inner.MeanLuma(luma, area)) / 2);
        var isOpen = new bool[luma.Length];
        for (var i = 0; i < luma.Length; i++)
            isOpen[i] = inner.IsLight ? luma[i] > middle : luma[i] < middle;
        var margin = Math.Max(OutsideFraction * Length(extent), 1);
        var top = (int)Math.Clamp(Math.Floor(extent.Top - margin), 0, height - 1);
        var bottom = (int)Math.Clamp(Math.Ceiling(extent.Bottom + margin), 0, height - 1);
        var reached = new bool[luma.Length];
        var flood = new PixelFlood(width, height);
        for (var x = area.Left; x < area.Right; x++)
        {
            flood.From((top * width) + x, isOpen, reached);
            flood.From((bottom * width) + x, isOpen, reached);
        }

        for (var y = top; y <= bottom; y++)
        {
            flood.From((y * width) + area.Left, isOpen, reached);
            flood.From((y * width) + area.Right - 1, isOpen, reached);
        }

        var (strokes, free) = (0, 0);
        var core = CoreRows(line, width, height);
        for (var y = core.Top; y < core.Bottom; y++)
        {
            for (var x = core.Left; x < core.Right; x++)
            {
                var at = (y * width) + x;
                if (!inner.IsStroke(at) || !isOpen[at])
                    continue;
                strokes++;
                free += reached[at] ? 0 : 1;
            }
        }

        return (strokes > 0 && free >= share * strokes, reached);
    }

    // The strokes' connected pieces that pass through the middle of the line; all of them when none does.
    private static StrokeMap Core(StrokeMap strokes, PixelBox line)
    {
        var (width, height) = (strokes.Width, strokes.Height);
        var isStroke = new bool[width * height];
        for (var i = 0; i < isStroke.Length; i++)
            isStroke[i] = strokes.IsStroke(i);
        var core = CoreRows(line, width, height);
        var kept = new bool[isStroke.Length];
        var flood = new PixelFlood(width, height);
        for (var y = core.Top; y < core.Bottom; y++)
        {
            for (var x = core.Left; x < core.Right; x++)
                flood.From((y * width) + x, isStroke, kept);
        }

        // Only strokes are left out: the weak px beside one say where between px it ends.
        var left = new bool[kept.Length];
        for (var i = 0; i < kept.Length; i++)
            left[i] = isStroke[i] && !kept[i];
        return strokes.Without(left);
    }

    private static PixelArea CoreRows(PixelBox line, int width, int height) =>
        PixelArea.Of(line with { Y = line.CentreY - (line.Height * CoreFraction / 2), Height = line.Height * CoreFraction }, width, height);

    // Glyphs that cannot be reached from outside, without the pieces of the picture beside them; one that can be runs into the
    // picture and says nothing, unless all do.
    private static double Tallest(StrokeMap strokes, bool[] reached, PixelBox line, IReadOnlyList<GlyphCell> cells, bool isStacked)
    {
        var whole = cells.Where(cell => ReachedShare(strokes, reached, cell.Box, isStacked ? cell.Box : line) <= LeakShare).ToArray();
        // What is left must hold a Chinese character if the line does: letters are lower.
        return whole.Length > 0 && (whole.Any(cell => cell.IsIdeograph) || !cells.Any(cell => cell.IsIdeograph))
            ? Tallest(strokes.Without(reached), line, whole, isStacked)
            : Tallest(strokes, line, cells, isStacked);
    }

    private static double ReachedShare(StrokeMap strokes, bool[] reached, PixelBox cell, PixelBox line)
    {
        var core = CoreRows(line, strokes.Width, strokes.Height);
        var area = PixelArea.Of(cell, strokes.Width, strokes.Height);
        var (all, open) = (0, 0);
        for (var y = core.Top; y < core.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++)
            {
                var at = (y * strokes.Width) + x;
                all += strokes.IsStroke(at) ? 1 : 0;
                open += strokes.IsStroke(at) && reached[at] ? 1 : 0;
            }
        }

        return all > 0 ? (double)open / all : 1;
    }

    private static double Tallest(StrokeMap strokes, PixelBox line, IReadOnlyList<GlyphCell> cells, bool isStacked)
    {
        // Two Chinese characters vouch for each other; letters differ in height by nature, and count where there are no two.
        var ideographs = cells.Where(cell => cell.IsIdeograph).ToArray();
        var heights = Extents(strokes, line, ideographs.Length >= 2 ? ideographs : cells, isStacked).Select(Length).OrderDescending().ToArray();
        if (heights.Length < 2)
            return heights.FirstOrDefault();
        var most = ideographs.Length < 2 ? heights[Math.Max((heights.Length + 2) / 3, 2) - 1] * LetterRatio
            : heights.Length == 2 ? heights[1] * PairRatio
            : heights[heights.Length / 2] * MiddleRatio;
        return Math.Min(heights[0], most);
    }

    private static List<(double Top, double Bottom)> Extents(StrokeMap strokes, PixelBox line, IReadOnlyList<GlyphCell> cells, bool isStacked) =>
        [.. cells.Select(cell => strokes.Extent(cell.Box, isStacked ? cell.Box : line, Gap(line))).Where(extent => Length(extent) > 0)];

    // The middle glyph: a piece of the picture above or below one glyph decides nothing.
    private static double MiddleLength(List<(double Top, double Bottom)> extents) => extents.Count == 0
        ? 0
        : Middle(extents.Select(e => e.Bottom)) - Middle(extents.Select(e => e.Top));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static double Gap(PixelBox line) => GapFraction * Math.Min(line.Width, line.Height);

    private static double Length((double Top, double Bottom) extent) => extent.Bottom - extent.Top;

    private static float[] Luma(RgbPicture picture)
    {
        var pixels = picture.Pixels;
        var luma = new float[picture.Width * picture.Height];
        for (var i = 0; i < luma.Length; i++)
            luma[i] = (pixels[i * 3] * 0.299f) + (pixels[(i * 3) + 1] * 0.587f) + (pixels[(i * 3) + 2] * 0.114f);
        return luma;
    }
}
