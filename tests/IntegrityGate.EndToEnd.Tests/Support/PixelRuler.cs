namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>
/// Measures a stamped label on pixels alone: where the stamped picture differs from the published one is the plate; on it,
/// bright columns make glyphs. It shares no code with the gate.
/// </summary>
internal static class PixelRuler
{
    private const int Difference = 40;
    private const int Bright = 190;

    /// <summary>What was found.</summary>
    /// <param name="Plate">Left, top, right, bottom of the area that differs, px.</param>
    /// <param name="GlyphHeights">Height of each run of bright columns, px, left to right.</param>
    public sealed record Label((int Left, int Top, int Right, int Bottom) Plate, IReadOnlyList<int> GlyphHeights);

    /// <summary>The label on a stamped frame, or null when the frames do not differ.</summary>
    public static Label? Measure(GrayFrame stamped, GrayFrame published)
    {
        var rows = Extent(stamped.Height, y => Count(stamped.Width, x => Differs(x, y)) > stamped.Width / 40);
        var columns = Extent(stamped.Width, x => Count(stamped.Height, y => Differs(x, y)) > 8);
        if (rows is not { } v || columns is not { } h)
            return null;
        return new Label((h.First, v.First, h.Last, v.Last), Glyphs(stamped, h, v));

        bool Differs(int x, int y) => Math.Abs(stamped[x, y] - published[x, y]) > Difference;
    }

    private static List<int> Glyphs(GrayFrame frame, (int First, int Last) columns, (int First, int Last) rows)
    {
        var heights = new List<int>();
        var start = -1;
        for (var x = columns.First; x <= columns.Last + 1; x++)
        {
            var lit = x <= columns.Last && Count(rows.Last - rows.First + 1, dy => frame[x, rows.First + dy] > Bright) > 0;
            if (lit && start < 0)
                start = x;
            if (lit || start < 0)
                continue;
            var (from, to) = (start, x - 1);
            var glyph = Extent(rows.Last - rows.First + 1, dy => Enumerable.Range(from, to - from + 1).Any(c => frame[c, rows.First + dy] > Bright));
            if (glyph is { } g && to - from >= 2)
                heights.Add(g.Last - g.First + 1);
            start = -1;
        }

        return heights;
    }

    private static (int First, int Last)? Extent(int length, Func<int, bool> hit)
    {
        var all = Enumerable.Range(0, length).Where(hit).ToList();
        return all.Count == 0 ? null : (all[0], all[^1]);
    }

    private static int Count(int length, Func<int, bool> hit)
    {
        var count = 0;
        for (var i = 0; i < length; i++)
            count += hit(i) ? 1 : 0;
        return count;
    }
}
