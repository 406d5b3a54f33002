using System.Diagnostics;
using System.Diagnostics.Metrics;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Telemetry;
using Microsoft.Extensions.Logging;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>
/// Draws labels: white text set by HarfBuzz on a dark plate that is legible on any picture. The size is found on rendered
/// pixels: the ink of the <em>shortest</em> glyph that the law asks for reaches the directive's share of the shortest side
/// (GB 45438-2025 5.4). Safe to call from many threads.
/// </summary>
public sealed partial class LabelPainter : ILabelPainter, IDisposable
{
    // Shares of the needed glyph height; chosen by eye at 360p to 2160p.
    private const double PaddingX = 0.5;
    private const double PaddingY = 0.42;
    private const double LineGap = 0.4;
    private const double CornerRadius = 0.3;

    private static readonly Histogram<double> _duration = GateTelemetry.Meter.CreateHistogram<double>(
        "integritygate.label.paint.duration", "s", "Time to draw a label that was not in the cache.");

    private readonly Lock _lock = new();
    private readonly Dictionary<(StampDirective Directive, int Width, int Height), LabelImage> _drawn = [];
    private readonly Queue<(StampDirective Directive, int Width, int Height)> _order = new();
    private readonly LabelPainterOptions _options;
    private readonly SKTypeface _typeface;
    private readonly SKShaper _shaper;

    /// <summary>Opens the font.</summary>
    /// <param name="options">How labels look.</param>
    /// <param name="logger">Tells which font was found.</param>
    /// <exception cref="InvalidOperationException">No font has the glyphs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public LabelPainter(LabelPainterOptions options, ILogger<LabelPainter> logger)
    {
        // 0.6: with less, white text over a white picture comes near 4.5:1.
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PlateOpacity, 0.6);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.PlateOpacity, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.SafeMargin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.SafeMargin, 0.2);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LeastGlyphPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CacheEntries, 1);
        _options = options;
        _typeface = LabelFont.Open(options.FontPath);
        _shaper = new SKShaper(_typeface);
        Log.FontFound(logger, _typeface.FamilyName, _typeface.FontWeight);
    }

    /// <inheritdoc/>
    public LabelImage Paint(StampDirective directive, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 2);
        if (Math.Max(width, height) > _options.MaxPictureSide)
            throw new InvalidOperationException($"No label is drawn for a picture of {width}x{height}: a side is over {_options.MaxPictureSide} px.");
        var key = (directive, width, height);
        lock (_lock)
        {
            if (_drawn.TryGetValue(key, out var known))
                return known;
            var started = Stopwatch.GetTimestamp();
            var image = Draw(directive, width, height);
            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
            if (_drawn.Count == _options.CacheEntries)
                _drawn.Remove(_order.Dequeue());
            _drawn.Add(key, image);
            _order.Enqueue(key);
            return image;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shaper.Dispose();
        _typeface.Dispose();
    }

    private LabelImage Draw(StampDirective directive, int width, int height)
    {
        var shortSide = Math.Min(width, height);
        // The small subtraction keeps 0.05 * 720 at 36 and not 37.
        var needed = Math.Max(_options.LeastGlyphPixels, (int)Math.Ceiling((directive.HeightFraction * shortSide) - 1e-6));
        var margin = Even(Math.Max(2, _options.SafeMargin * shortSide));
        var whole = new LabelLine(directive.Text.Trim());
        LabelLine[][] layouts = whole.Split() is { } halves ? [[whole], [halves.First, halves.Second]] : [[whole]];
        foreach (var layout in layouts)
        {
            using var font = new SKFont(_typeface) { Subpixel = false, Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None };
            var block = Fit(layout, font, needed);
            var padX = (int)Math.Ceiling(needed * PaddingX);
            var padY = (int)Math.Ceiling(needed * PaddingY);
            var gap = (int)Math.Ceiling(needed * LineGap);
            var plateWidth = EvenUp(block.Width + (2 * padX));
            var plateHeight = EvenUp(block.Height(gap) + (2 * padY));
            if (plateWidth + (2 * margin) > width || plateHeight + (2 * margin) > height)
                continue;
            var png = Render(block, plateWidth, plateHeight, gap, (float)(needed * CornerRadius));
            var x = directive.Corner is LabelCorner.TopLeft or LabelCorner.BottomLeft ? margin : Even(width - margin - plateWidth);
            var y = directive.Corner is LabelCorner.TopLeft or LabelCorner.TopRight ? margin : Even(height - margin - plateHeight);
            return new LabelImage(png, x, y, plateWidth, plateHeight, block.Shortest, block.Tallest);
        }

        throw new InvalidOperationException(
            $"The label \"{directive.Text}\" with glyphs of {needed} px does not fit a picture of {width}x{height}, not even on two lines.");
    }

    // The em is larger than any glyph's ink, so the first size is too small and the loop goes up.
    private TextBlock Fit(LabelLine[] lines, SKFont font, int needed)
    {
        font.Size = needed;
        while (true)
        {
            var block = new TextBlock(lines, _shaper, font);
            if (block.Shortest >= needed)
                return block;
            font.Size += Math.Max(0.25f, font.Size * ((float)needed / Math.Max(1, block.Shortest) - 1) * 0.9f);
            if (font.Size > needed * 16f)
                throw new InvalidOperationException($"The font {_typeface.FamilyName} has a glyph of \"{lines[0].Text}\" that is too flat for any size.");
        }
    }

    private byte[] Render(TextBlock block, int width, int height, int gap, float radius)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.Transparent);
        using var plate = new SKPaint { Color = new SKColor(14, 16, 20, (byte)Math.Round(_options.PlateOpacity * 255)), IsAntialias = true };
        canvas.DrawRoundRect(0, 0, width, height, radius, radius, plate);
        using var ink = new SKPaint { Color = SKColors.White, IsAntialias = true };
        var inner = block.Height(gap);
        block.Draw(canvas, (width - block.Width) / 2, (height - inner) / 2, block.Width, gap, ink);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static int Even(double value) => (int)value & ~1;

    private static int EvenUp(int value) => (value + 1) & ~1;

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Information, "Labels are drawn with {Family}, weight {Weight}.")]
        public static partial void FontFound(ILogger logger, string family, int weight);
    }
}
