using IntegrityGate.Core.Frames;

namespace IntegrityGate.Detection.Text;

/// <summary>
/// The look of a line's place, as brightness on a fine grid: prints of the same text on the same ground agree whatever the encoder
/// did to them, and one changed character, a fade, a shift or another ground tells them apart.
/// </summary>
internal sealed class LinePrint
{
    /// <summary>Rows of the grid: 16, enough to tell 生 from 主.</summary>
    private const int Rows = 16;

    /// <summary>What is left out on each side, as a share of the height of the line's box: 0.18. The box is 1.5 to 2 times the ink; beyond a plate the picture may move.</summary>
    private const double Margin = 0.18;

    /// <summary>Columns at most: 512, some 30 characters; longer lines have wider cells.</summary>
    private const int MaxColumns = 512;

    /// <summary>Largest mean difference in a square of the line's height, as a share of the print's contrast.</summary>
    private const double Tolerance = 0.05;

    /// <summary>The same in levels of 0..255, for faint lines: under 1 it would tell noise from noise.</summary>
    private const double LevelTolerance = 1;

    private readonly float[] _cells;
    private readonly int _columns;
    private readonly double _contrast;

    private LinePrint(float[] cells, int columns)
    {
        _cells = cells;
        _columns = columns;
        var sorted = (float[])cells.Clone();
        Array.Sort(sorted);
        _contrast = sorted[(int)(sorted.Length * 0.95)] - sorted[(int)(sorted.Length * 0.05)];
    }

    /// <summary>Takes the print of a line's box on a frame.</summary>
    public static LinePrint Take(VideoFrame frame, RotatedBox line)
    {
        var bounds = line.Grow(-Margin * Math.Min(line.Width, line.Height)).Bounds;
        var area = PixelArea.Of(bounds, frame.Width, frame.Height);
        // A column of characters lies on its side, so that its squares are characters, too.
        var isUpright = area.Height > area.Width;
        var (along, across) = isUpright ? (area.Height, area.Width) : (area.Width, area.Height);
        var columns = Math.Clamp((int)Math.Round((double)Rows * along / across), 1, MaxColumns);
        var cells = new float[Rows * columns];
        var pixels = frame.Pixels;
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var (a, b) = Range(column, columns, along);
                var (c, d) = Range(row, Rows, across);
                var (left, top, right, bottom) = isUpright ? (c, a, d, b) : (a, c, b, d);
                var sum = 0;
                for (var y = area.Top + top; y < area.Top + bottom; y++)
                {
                    for (var x = area.Left + left; x < area.Left + right; x++)
                    {
                        var at = ((y * frame.Width) + x) * 3;
                        sum += (pixels[at] * 77) + (pixels[at + 1] * 150) + (pixels[at + 2] * 29);
                    }
                }

                cells[(row * columns) + column] = sum / 256f / ((right - left) * (bottom - top));
            }
        }

        return new LinePrint(cells, columns);
    }

    /// <summary>True when a later print of the same place shows the same.</summary>
    public bool Matches(LinePrint later) => later._columns == _columns && Distance(later) <= Math.Max(Tolerance * _contrast, LevelTolerance);

    /// <summary>Largest mean difference, 0..255, in any square of the line's height.</summary>
    public double Distance(LinePrint later)
    {
        var columns = new double[_columns];
        for (var i = 0; i < _cells.Length; i++)
            columns[i % _columns] += Math.Abs(_cells[i] - later._cells[i]);
        var width = Math.Min(Rows, _columns);
        double largest = 0, sum = 0;
        for (var column = 0; column < _columns; column++)
        {
            sum += columns[column] - (column >= width ? columns[column - width] : 0);
            if (column >= width - 1)
                largest = Math.Max(largest, sum / (width * Rows));
        }

        return largest;
    }

    // At least one px wide; cells may share px where there are fewer px than cells.
    private static (int From, int To) Range(int index, int count, int length)
    {
        var from = index * length / count;
        return (from, Math.Max((index + 1) * length / count, from + 1));
    }
}
