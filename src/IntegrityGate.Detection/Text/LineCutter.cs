using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Text;

/// <summary>Cuts lines out of a frame at native size, straightens them, and lays columns down as rows.</summary>
internal static class LineCutter
{
    /// <summary>Crops taller than this many widths are columns: 1.5, as PaddleOCR has it.</summary>
    public const double ColumnRatio = 1.5;

    /// <summary>Cuts a box; px outside the frame repeat its edge.</summary>
    /// <param name="pixels">Interleaved RGB frame.</param>
    /// <param name="width">Frame width, px.</param>
    /// <param name="height">Frame height, px.</param>
    /// <param name="box">What to cut.</param>
    /// <param name="target">Receives the crop: for an upright box the frame's own px, else sampled (bilinear) along the box's axes.</param>
    public static PixelBox Cut(ReadOnlySpan<byte> pixels, int width, int height, RotatedBox box, RgbPicture target)
    {
        if (box.Angle == 0)
        {
            var bounds = box.Bounds;
            var left = (int)Math.Clamp(Math.Floor(bounds.X), 0, width - 1);
            var top = (int)Math.Clamp(Math.Floor(bounds.Y), 0, height - 1);
            var right = (int)Math.Clamp(Math.Ceiling(bounds.Right), left + 1, width);
            var bottom = (int)Math.Clamp(Math.Ceiling(bounds.Bottom), top + 1, height);
            target.CopyFrom(pixels, width, left, top, right - left, bottom - top);
            return new PixelBox(left, top, right - left, bottom - top);
        }

        var cropWidth = (int)Math.Clamp(Math.Round(box.Width), 1, width + height);
        var cropHeight = (int)Math.Clamp(Math.Round(box.Height), 1, width + height);
        target.Reset(cropWidth, cropHeight);
        var (sin, cos) = Math.SinCos(box.Angle);
        var crop = target.Pixels;
        for (var y = 0; y < cropHeight; y++)
        {
            for (var x = 0; x < cropWidth; x++)
            {
                var u = x + 0.5 - (cropWidth / 2.0);
                var v = y + 0.5 - (cropHeight / 2.0);
                Sample(pixels, width, height, box.CentreX + (u * cos) - (v * sin) - 0.5, box.CentreY + (u * sin) + (v * cos) - 0.5, crop.Slice(((y * cropWidth) + x) * 3, 3));
            }
        }

        return box.Bounds;
    }

    /// <summary>Turns a crop a quarter to the left: a column written downwards becomes a row.</summary>
    public static void Turn(RgbPicture source, RgbPicture target)
    {
        target.Reset(source.Height, source.Width);
        var from = source.Pixels;
        var to = target.Pixels;
        for (var y = 0; y < target.Height; y++)
        {
            for (var x = 0; x < target.Width; x++)
                from.Slice(((x * source.Width) + source.Width - 1 - y) * 3, 3).CopyTo(to[(((y * target.Width) + x) * 3)..]);
        }
    }

    /// <summary>Lays the cells of a column of upright characters side by side.</summary>
    /// <param name="source">The column's crop.</param>
    /// <param name="margin">Margin of the crop around the ink, px.</param>
    /// <param name="target">Receives the row.</param>
    /// <returns>Number of cells.</returns>
    public static int Unstack(RgbPicture source, double margin, RgbPicture target)
    {
        // Chinese set in columns has square cells: their number follows from the ink's own proportions.
        var ink = Math.Max(source.Width - (2 * margin), 1);
        var cells = (int)Math.Clamp(Math.Round((source.Height - (2 * margin)) / ink), 1, 64);
        var pitch = (source.Height - (2 * margin)) / cells;
        var cellHeight = Math.Max((int)Math.Round(pitch), 1);
        target.Reset(cells * source.Width, cellHeight);
        for (var cell = 0; cell < cells; cell++)
        {
            var top = (int)Math.Clamp(Math.Round(margin + (cell * pitch)), 0, Math.Max(source.Height - cellHeight, 0));
            for (var y = 0; y < cellHeight; y++)
            {
                source.Pixels.Slice(Math.Min(top + y, source.Height - 1) * source.Width * 3, source.Width * 3)
                    .CopyTo(target.Pixels[(((y * target.Width) + (cell * source.Width)) * 3)..]);
            }
        }

        return cells;
    }

    private static void Sample(ReadOnlySpan<byte> pixels, int width, int height, double x, double y, Span<byte> target)
    {
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        var x0 = (int)x;
        var y0 = (int)y;
        var x1 = Math.Min(x0 + 1, width - 1);
        var y1 = Math.Min(y0 + 1, height - 1);
        var (fx, fy) = (x - x0, y - y0);
        for (var c = 0; c < 3; c++)
        {
            var above = (pixels[(((y0 * width) + x0) * 3) + c] * (1 - fx)) + (pixels[(((y0 * width) + x1) * 3) + c] * fx);
            var below = (pixels[(((y1 * width) + x0) * 3) + c] * (1 - fx)) + (pixels[(((y1 * width) + x1) * 3) + c] * fx);
            target[c] = (byte)((above * (1 - fy)) + (below * fy) + 0.5);
        }
    }
}
