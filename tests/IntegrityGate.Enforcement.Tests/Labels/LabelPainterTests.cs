using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Labels;
using IntegrityGate.Enforcement.Labels;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;

namespace IntegrityGate.Enforcement.Tests.Labels;

public sealed class LabelPainterTests : IDisposable
{
    private readonly LabelPainter _painter = new(new LabelPainterOptions(), NullLogger<LabelPainter>.Instance);

    public static TheoryData<int, int, string> SizesAndWordings()
    {
        var data = new TheoryData<int, int, string>();
        foreach (var (width, height) in new[] { (640, 360), (854, 480), (960, 540), (1280, 720), (1920, 1080), (2560, 1440), (3840, 2160), (360, 640), (720, 1280), (1080, 1920), (2160, 3840), (1080, 1080), (426, 240) })
        {
            foreach (var text in new[] { "AI生成", "可能为AI生成", "疑似AI生成", "人工智能合成" })
                data.Add(width, height, text);
        }

        return data;
    }

    public void Dispose() => _painter.Dispose();

    [Trait("Rule", "cn-2025.label.height")]
    [Theory]
    [MemberData(nameof(SizesAndWordings))]
    public void GB_45438_2025_5_4_height_is_5_percent_of_shortest_side_on_rendered_pixels(int width, int height, string text)
    {
        var label = _painter.Paint(new StampDirective(Tier.Confirmed, text, 0.05, LabelCorner.BottomRight), width, height);
        using var picture = Over(label, SKColors.Black);
        var least = (int)Math.Ceiling((0.05 * Math.Min(width, height)) - 1e-6);

        var band = Assert.Single(Ruler.Bands(picture, 128));
        // Split at blank columns, Latin A and I stand alone and 人 is one piece; the sides of 能, 似 and the like are pieces of one
        // glyph, so only pieces that are about as wide as a glyph are glyphs, and the shortest of those is what the law measures.
        var glyphs = Ruler.Pieces(picture, 128, band.From, band.To).Where(piece => piece.Width > least / 2 || piece.Height >= least).ToArray();
        Assert.NotEmpty(glyphs);
        Assert.All(glyphs, piece => Assert.True(piece.Height >= least, $"{piece} is lower than {least}"));
        Assert.True(label.ShortestGlyph >= least);
        // And not much larger than needed: the label must not take the picture over.
        Assert.True(glyphs.Min(piece => piece.Height) <= Math.Max(least, 10) + 2);
    }

    [Trait("Rule", "cn-2025.label.height")]
    [Fact]
    public void The_ruler_notices_a_label_under_the_limit()
    {
        var label = _painter.Paint(new StampDirective(Tier.Confirmed, "AI生成", 0.047, LabelCorner.BottomRight), 1280, 720);
        using var picture = Over(label, SKColors.Black);
        var band = Assert.Single(Ruler.Bands(picture, 128));
        Assert.Contains(Ruler.Pieces(picture, 128, band.From, band.To), piece => piece.Width > 18 && piece.Height < 36);
    }

    [Theory]
    [MemberData(nameof(SizesAndWordings))]
    public void Fits_the_picture_on_even_coordinates_with_a_margin(int width, int height, string text)
    {
        foreach (var corner in Enum.GetValues<LabelCorner>())
        {
            var label = _painter.Paint(new StampDirective(Tier.Confirmed, text, 0.055, corner), width, height);
            using var picture = SKBitmap.Decode(label.Png.Span);
            Assert.Equal((label.Width, label.Height), (picture.Width, picture.Height));
            Assert.Equal(0, (label.X | label.Y | label.Width | label.Height) & 1);
            Assert.InRange(label.X, 2, width - label.Width - 2);
            Assert.InRange(label.Y, 2, height - label.Height - 2);
            var left = corner is LabelCorner.TopLeft or LabelCorner.BottomLeft;
            var top = corner is LabelCorner.TopLeft or LabelCorner.TopRight;
            Assert.Equal(left, label.X + (label.Width / 2) < width / 2);
            Assert.Equal(top, label.Y + (label.Height / 2) < height / 2);
        }
    }

    [Theory]
    [InlineData("black")]
    [InlineData("white")]
    [InlineData("noise")]
    public void Text_keeps_a_contrast_of_4_5_to_1_on_any_ground(string ground)
    {
        var label = _painter.Paint(new StampDirective(Tier.Suspected, "疑似AI生成", 0.055, LabelCorner.TopLeft), 1280, 720);
        using var under = Ground(ground, label.Width, label.Height);
        using var picture = Over(label, under);
        using var ink = SKBitmap.Decode(label.Png.Span);
        var text = new List<double>();
        var plate = new List<double>();
        for (var y = 8; y < picture.Height - 8; y++)
        {
            for (var x = 8; x < picture.Width - 8; x++)
            {
                var drawn = ink.GetPixel(x, y);
                if (drawn.Alpha == 255 && drawn.Green == 255)
                    text.Add(Ruler.Luminance(picture.GetPixel(x, y)));
                else if (drawn.Green < 24)
                    plate.Add(Ruler.Luminance(picture.GetPixel(x, y)));
            }
        }

        Assert.True(text.Count > 500 && plate.Count > 500);
        Assert.True(Ruler.Contrast(text.Min(), plate.Max()) >= 4.5, $"{Ruler.Contrast(text.Min(), plate.Max())}");
    }

    [Fact]
    public void Long_wording_goes_on_two_lines_and_never_parts_an_element()
    {
        var label = _painter.Paint(new StampDirective(Tier.Possible, "该视频可能使用人工智能合成技术生成", 0.055, LabelCorner.BottomLeft), 360, 640);
        using var picture = Over(label, SKColors.Black);
        Assert.True(Ruler.Bands(picture, 128).Count >= 2);
        Assert.True(label.Width < 360);
        var (first, second) = new LabelLine("AI生成").Split()!.Value;
        Assert.Equal(("AI", "生成"), (first.Text, second.Text));
        Assert.Null(new LabelLine("生成").Split());
    }

    [Fact]
    public void A_label_that_cannot_fit_is_refused_in_words()
    {
        var error = Assert.Throws<InvalidOperationException>(() => _painter.Paint(new StampDirective(Tier.Confirmed, "该视频可能使用人工智能合成技术生成", 0.3, LabelCorner.TopLeft), 640, 360));
        Assert.Contains("does not fit", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InvalidOperationException>(() => _painter.Paint(new StampDirective(Tier.Confirmed, "AI生成", 0.05, LabelCorner.TopLeft), 16384, 360));
        Assert.Contains("8192", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_font_without_the_glyphs_is_refused_in_words()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "no font");
        try
        {
            var error = Assert.Throws<InvalidOperationException>(() => new LabelPainter(new LabelPainterOptions { FontPath = path }, NullLogger<LabelPainter>.Instance));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_wording_whose_glyph_is_missing_is_refused_in_words()
    {
        var error = Assert.Throws<InvalidOperationException>(() => _painter.Paint(new StampDirective(Tier.Confirmed, "AI生成\uE000", 0.05, LabelCorner.TopLeft), 1280, 720));
        Assert.Contains("lacks a glyph", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_label_is_drawn_once_and_the_cache_stays_small()
    {
        using var painter = new LabelPainter(new LabelPainterOptions { CacheEntries = 2 }, NullLogger<LabelPainter>.Instance);
        var directive = new StampDirective(Tier.Confirmed, "AI生成", 0.05, LabelCorner.TopLeft);
        var first = painter.Paint(directive, 1280, 720);
        Assert.Same(first, painter.Paint(directive, 1280, 720));
        painter.Paint(directive, 640, 360);
        painter.Paint(directive, 854, 480);
        var again = painter.Paint(directive, 1280, 720);
        Assert.NotSame(first, again);
        Assert.Equal(first.Png.ToArray(), again.Png.ToArray());
    }

    private static SKBitmap Over(LabelImage label, SKColor ground)
    {
        using var under = new SKBitmap(label.Width, label.Height);
        under.Erase(ground);
        return Over(label, under);
    }

    private static SKBitmap Over(LabelImage label, SKBitmap under)
    {
        var picture = under.Copy();
        using var ink = SKBitmap.Decode(label.Png.Span);
        using var canvas = new SKCanvas(picture);
        canvas.DrawBitmap(ink, 0, 0, SKSamplingOptions.Default);
        return picture;
    }

    private static SKBitmap Ground(string name, int width, int height)
    {
        var ground = new SKBitmap(width, height);
        var random = new Random(7);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var value = name switch { "black" => (byte)0, "white" => (byte)255, _ => (byte)(random.Next(2) * 255) };
                ground.SetPixel(x, y, new SKColor(value, value, value));
            }
        }

        return ground;
    }
}
