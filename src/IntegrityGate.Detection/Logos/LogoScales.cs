using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Logos;

/// <summary>A template at all the sizes that it is looked for at: coarse ones to find places, fine ones to measure them.</summary>
internal sealed class LogoScales
{
    /// <summary>360 px: the short side at which pictures are compared. A larger one costs its square and finds no more: every stream has been through H.264.</summary>
    public const int AnalysisSide = 360;

    /// <summary>Luma 96: the middle of the pictures that streams show; a light logo is lighter than it, a dark one darker.</summary>
    public const byte DefaultGround = 96;

    /// <summary>8 px at the analysis side, half as many at the coarse one: somewhat over half a usual logo's height.</summary>
    public const int Radius = 8;

    /// <summary>Steps of size between two coarse scales: 1.08, so that a logo is at most 4 % off the nearest.</summary>
    public const double CoarseStep = 1.08;

    private const double FineStep = 1.03;

    private LogoScales(LogoTemplate template, LogoPattern[] coarse, double[] coarseHeights, LogoPattern[] fine, double[] fineHeights)
    {
        Template = template;
        Coarse = coarse;
        CoarseHeights = coarseHeights;
        Fine = fine;
        FineHeights = fineHeights;
    }

    /// <summary>The template.</summary>
    public LogoTemplate Template { get; }

    /// <summary>Patterns at half the analysis side.</summary>
    public LogoPattern[] Coarse { get; }

    /// <summary>Their heights, px at the analysis side.</summary>
    public double[] CoarseHeights { get; }

    /// <summary>Patterns at the analysis side.</summary>
    public LogoPattern[] Fine { get; }

    /// <summary>Their heights, px.</summary>
    public double[] FineHeights { get; }

    /// <summary>Prepares a template.</summary>
    public static LogoScales Of(LogoTemplate template)
    {
        using var resizer = new Drawer(template);
        var coarse = Heights(template, CoarseStep);
        var fine = Heights(template, FineStep);
        return new LogoScales(
            template,
            Array.ConvertAll(coarse, height => resizer.Draw(height / 2, Radius / 2, 1)),
            coarse,
            Array.ConvertAll(fine, height => resizer.Draw(height, Radius, 2)),
            fine);
    }

    /// <summary>Heights from a template's least to its largest, px at the analysis side.</summary>
    public static double[] Heights(LogoTemplate template, double step)
    {
        var count = (int)Math.Ceiling(Math.Log(template.MaxHeight / template.MinHeight) / Math.Log(step)) + 1;
        return [.. Enumerable.Range(0, count).Select(i => AnalysisSide * Math.Min(template.MinHeight * Math.Pow(step, i), template.MaxHeight))];
    }

    /// <summary>Lays the logo on its ground, shrinks both as a frame is shrunk, and takes the contrast as of a frame.</summary>
    private sealed class Drawer : IDisposable
    {
        private readonly LogoTemplate _template;
        private readonly RgbPicture _small = new();
        private readonly BilinearResizer _resizer = new(new ResizeAxisCache());
        private readonly byte[] _canvas;
        private readonly int _pad;
        private readonly int _width;
        private readonly int _height;

        public Drawer(LogoTemplate template)
        {
            _template = template;
            var art = template.Artwork;
            _pad = art.Height;
            (_width, _height) = (art.Width + (2 * _pad), art.Height + (2 * _pad));
            _canvas = new byte[_width * _height * 3];
            _canvas.AsSpan().Fill(template.Ground);
            for (var y = 0; y < art.Height; y++)
            {
                for (var x = 0; x < art.Width; x++)
                {
                    var alpha = art.Alpha[(y * art.Width) + x];
                    var value = (byte)(((art.Luma[(y * art.Width) + x] * alpha) + (template.Ground * (255 - alpha)) + 127) / 255);
                    _canvas.AsSpan((((y + _pad) * _width) + x + _pad) * 3, 3).Fill(value);
                }
            }
        }

        public LogoPattern Draw(double height, int radius, int margin)
        {
            var scale = height / _template.Artwork.Height;
            var (width, tall) = ((int)Math.Round(_width * scale), (int)Math.Round(_height * scale));
            _resizer.Resize(_canvas, _width, _height, _small, width, tall);
            var luma = new byte[width * tall];
            for (var i = 0; i < luma.Length; i++)
                luma[i] = _small.Pixels[i * 3];
            var contrast = new ContrastPicture();
            contrast.Make(luma, width, tall, radius);
            var left = (int)Math.Round(_pad * scale) - margin;
            var across = (int)Math.Round(_template.Artwork.Width * scale) + (2 * margin);
            var down = (int)Math.Round(height) + (2 * margin);
            var values = new float[across * down];
            for (var y = 0; y < down; y++)
                contrast.Contrast.Slice(((left + y) * width) + left, across).CopyTo(values.AsSpan(y * across, across));
            var mean = values.Average();
            for (var i = 0; i < values.Length; i++)
                values[i] -= mean;
            return new LogoPattern(across, down, margin, values);
        }

        public void Dispose() => _small.Dispose();
    }
}
