using System.Numerics;
using IntegrityGate.Core.Frames;

namespace IntegrityGate.Detection.Logos;

/// <summary>
/// Looks for logos on one frame: normalised cross-correlation of contrasts, at half the analysis size over all positions and scales of
/// a zone, then at full size around the best few. Allocates nothing once its buffers have grown.
/// </summary>
internal static class LogoSearch
{
    /// <summary>4 places of each zone are measured: the logo's own is among them at opacity 0.4 wherever it is found at all.</summary>
    private const int Candidates = 4;

    /// <summary>0.2: under it a place is not worth measuring; correlations by chance are mostly lower.</summary>
    private const double LeastCoarse = 0.2;

    // A frame longer than three times its short side is no picture that a logo's place can be told on.
    private const int MaxAspect = 3;

    private record struct Candidate(double Score, int X, int Y, int Scale);

    /// <summary>Brings a frame into the form in which logos are looked for.</summary>
    /// <returns>Px of the frame for one of the analysis; 0 when it is not looked at.</returns>
    public static double Prepare(VideoFrame frame, LogoSlot slot)
    {
        if (Math.Max(frame.Width, frame.Height) > MaxAspect * frame.ShortSide || frame.ShortSide < LogoScales.AnalysisSide / 2)
            return 0;
        // A frame that is smaller is enlarged: templates have one set of sizes.
        var ratio = (double)frame.ShortSide / LogoScales.AnalysisSide;
        var (width, height) = ((int)Math.Round(frame.Width / ratio), (int)Math.Round(frame.Height / ratio));
        slot.Resizer.Resize(frame.Pixels, frame.Width, frame.Height, slot.Small, width, height);
        var luma = slot.Luma(width * height);
        var pixels = slot.Small.Pixels;
        for (var i = 0; i < luma.Length; i++)
            luma[i] = (byte)(((pixels[i * 3] * 77) + (pixels[(i * 3) + 1] * 150) + (pixels[(i * 3) + 2] * 29)) >> 8);
        slot.Fine.Make(luma, width, height, LogoScales.Radius);
        Halve(luma, width, height);
        slot.Coarse.Make(luma[..(width / 2 * (height / 2))], width / 2, height / 2, LogoScales.Radius / 2);
        return ratio;
    }

    /// <summary>Looks for one logo on the frame that was prepared.</summary>
    /// <param name="slot">The frame.</param>
    /// <param name="logo">The logo.</param>
    /// <param name="box">Where it fits best, px of the analysis.</param>
    /// <returns>How well, 0..1.</returns>
    public static double Find(LogoSlot slot, LogoScales logo, out PixelBox box)
    {
        box = default;
        var best = 0d;
        Span<Candidate> candidates = stackalloc Candidate[Candidates];
        foreach (var zone in Zones)
        {
            if ((logo.Template.Places & zone.Place) == 0)
                continue;
            candidates.Clear();
            for (var scale = 0; scale < logo.Coarse.Length; scale++)
                Scan(slot, logo.Coarse[scale], scale, zone, candidates);
            foreach (var candidate in candidates)
            {
                if (candidate.Score >= LeastCoarse)
                    Measure(slot, logo, candidate, ref best, ref box);
            }
        }

        return best;
    }

    private static readonly LogoZone[] Zones = [.. LogoZone.All];

    private static void Scan(LogoSlot slot, LogoPattern pattern, int scale, LogoZone zone, Span<Candidate> candidates)
    {
        var picture = slot.Coarse;
        var (left, right) = Positions(picture.Width, pattern.Width, zone.Left, zone.Right);
        var (top, bottom) = Positions(picture.Height, pattern.Height, zone.Top, zone.Bottom);
        if (right < left)
            return;
        var block = 4 * Vector<float>.Count;
        var row = slot.Row((right - left + block) / block * block);
        for (var y = top; y <= bottom; y++)
        {
            picture.Correlate(left, y, pattern, row);
            for (var x = left; x <= right; x++)
            {
                var product = row[x - left];
                if (product <= 0)
                    continue;
                var score = pattern.Score(product, picture.SumsOver(x, y, pattern.Width, pattern.Height));
                if (score > candidates[^1].Score)
                    Keep(candidates, new Candidate(score, x + (pattern.Width / 2), y + (pattern.Height / 2), scale));
            }
        }
    }

    // Positions of a pattern's edge at which it lies within the picture and its centre within the zone.
    private static (int From, int To) Positions(int length, int pattern, double from, double to) => (
        Math.Max((int)Math.Floor((from * length) - (pattern / 2d)), 0),
        Math.Min((int)Math.Ceiling((to * length) - (pattern / 2d)), length - pattern));

    // The best, in order; neighbours of one place are one candidate.
    private static void Keep(Span<Candidate> candidates, Candidate candidate)
    {
        const int Near = 3;
        var at = candidates.Length - 1;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (candidates[i].Score > 0 && Math.Abs(candidates[i].X - candidate.X) <= Near && Math.Abs(candidates[i].Y - candidate.Y) <= Near)
            {
                if (candidates[i].Score >= candidate.Score)
                    return;
                at = i;
                break;
            }
        }

        for (; at > 0 && candidates[at - 1].Score < candidate.Score; at--)
            candidates[at] = candidates[at - 1];
        candidates[at] = candidate;
    }

    private static void Measure(LogoSlot slot, LogoScales logo, Candidate candidate, ref double best, ref PixelBox box)
    {
        // A coarse px is two fine ones, and the centre of an even pattern lies between two: five positions each way.
        const int Reach = 3;
        var picture = slot.Fine;
        var height = logo.CoarseHeights[candidate.Scale];
        var row = slot.Row(4 * Vector<float>.Count);
        for (var scale = 0; scale < logo.Fine.Length; scale++)
        {
            var size = logo.FineHeights[scale];
            if (size < height / LogoScales.CoarseStep || size > height * LogoScales.CoarseStep)
                continue;
            var pattern = logo.Fine[scale];
            if (pattern.Width > picture.Width || pattern.Height > picture.Height)
                continue;
            var left = Math.Clamp((2 * candidate.X) - (pattern.Width / 2) - Reach, 0, picture.Width - pattern.Width);
            var right = Math.Min(left + (2 * Reach), picture.Width - pattern.Width);
            var top = Math.Clamp((2 * candidate.Y) - (pattern.Height / 2) - Reach, 0, picture.Height - pattern.Height);
            var bottom = Math.Min(top + (2 * Reach), picture.Height - pattern.Height);
            for (var y = top; y <= bottom; y++)
            {
                picture.Correlate(left, y, pattern, row);
                for (var x = left; x <= right; x++)
                {
                    var score = pattern.Score(row[x - left], picture.SumsOver(x, y, pattern.Width, pattern.Height));
                    if (score <= best)
                        continue;
                    best = score;
                    box = new PixelBox(x + pattern.Margin, y + pattern.Margin, pattern.Width - (2 * pattern.Margin), pattern.Height - (2 * pattern.Margin));
                }
            }
        }
    }

    // In place: a px of the half is written where only px that were read stand.
    private static void Halve(Span<byte> luma, int width, int height)
    {
        var target = 0;
        for (var y = 0; y + 1 < height; y += 2)
        {
            var upper = y * width;
            for (var x = 0; x + 1 < width; x += 2)
            {
                var at = upper + x;
                luma[target++] = (byte)((luma[at] + luma[at + 1] + luma[at + width] + luma[at + width + 1] + 2) / 4);
            }
        }
    }
}
