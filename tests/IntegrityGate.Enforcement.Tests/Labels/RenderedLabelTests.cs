using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Labels;
using IntegrityGate.Enforcement.Rules;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;

namespace IntegrityGate.Enforcement.Tests.Labels;

/// <summary>Stamped labels laid over whole pictures and measured there, as an inspector with a ruler would, 360p to 2160p, both ways up.</summary>
public sealed class RenderedLabelTests : IDisposable
{
    private readonly LabelPainter _painter = new(new LabelPainterOptions(), NullLogger<LabelPainter>.Instance);

    public static TheoryData<int, int> Sizes() => new() { { 640, 360 }, { 854, 480 }, { 960, 540 }, { 1280, 720 }, { 1920, 1080 }, { 2560, 1440 }, { 3840, 2160 }, { 360, 640 }, { 480, 854 }, { 540, 960 }, { 720, 1280 }, { 1080, 1920 }, { 1440, 2560 }, { 2160, 3840 }, { 1080, 1080 } };

    public void Dispose() => _painter.Dispose();

    [Theory]
    [Trait("Rule", "cn-2025.label.height")]
    [MemberData(nameof(Sizes))]
    public void GB_45438_2025_5_4_a_stamped_label_reaches_5_percent_and_one_ordered_lower_does_not(int width, int height)
    {
        var least = (int)Math.Ceiling((0.05 * Math.Min(width, height)) - 1e-6);
        Assert.True(ShortestGlyph(width, height, 0.05) >= least);
        // The other side of the limit, two pixels lower: the ruler sees it, so it can fail.
        Assert.True(ShortestGlyph(width, height, (least - 2.0) / Math.Min(width, height)) < least);
    }

    [Theory]
    [Trait("Rule", "cn-2025.label.position")]
    [MemberData(nameof(Sizes))]
    public void GB_45438_2025_5_4_a_stamped_label_stands_in_its_corner(int width, int height)
    {
        foreach (var corner in Enum.GetValues<LabelCorner>())
        {
            using var picture = Picture(width, height, new StampDirective(Tier.Possible, "可能为AI生成", 0.054, corner), out _);
            var ink = InkOf(picture);
            var (left, top) = (corner is LabelCorner.TopLeft or LabelCorner.BottomLeft, corner is LabelCorner.TopLeft or LabelCorner.TopRight);
            // The nearer edges are nearer than a tenth of the shortest side.
            Assert.InRange(left ? ink.Left : width - ink.Right, 0, 0.1 * Math.Min(width, height));
            Assert.InRange(top ? ink.Top : height - ink.Bottom, 0, 0.1 * Math.Min(width, height));
        }
    }

    [Theory]
    [Trait("Rule", "cn-2025.label.height")]
    [InlineData("cn-2025,eu-aia-50")]
    [InlineData("cn-2025,in-2026,kr")]
    [InlineData("cn-2025,eu-aia-50,in-2026,kr,us-ca")]
    public void One_label_for_several_jurisdictions_has_room_and_keeps_the_height(string packs)
    {
        var wording = Obligations.From(RulePackLibrary.Shipped.Select(packs.Split(',')), new DateOnly(2026, 10, 1)).TierWording!;
        foreach (var tier in new[] { Tier.Confirmed, Tier.Possible, Tier.Suspected })
        {
            foreach (var (width, height) in new[] { (640, 360), (360, 640), (1920, 1080), (1080, 1920) })
            {
                using var picture = Picture(width, height, new StampDirective(tier, wording.For(tier), 0.054, LabelCorner.TopRight), out var label);
                Assert.True(label.ShortestGlyph >= 0.05 * Math.Min(width, height));
                var ink = InkOf(picture);
                Assert.True(ink.Left > 0 && ink.Right < width && ink.Bottom < height / 2, $"{ink} on {width}x{height}");
            }
        }
    }

    // 生 and 成 are the widest pieces of "AI生成"; A and I are the shortest. All of them count.
    private int ShortestGlyph(int width, int height, double fraction)
    {
        using var picture = Picture(width, height, new StampDirective(Tier.Confirmed, "AI生成", fraction, LabelCorner.BottomRight), out var label);
        using var cut = new SKBitmap(label.Width, label.Height);
        Assert.True(picture.ExtractSubset(cut, SKRectI.Create(label.X, label.Y, label.Width, label.Height)));
        var band = Assert.Single(Ruler.Bands(cut, 128));
        var least = 0.05 * Math.Min(width, height);
        return Ruler.Pieces(cut, 128, band.From, band.To).Where(piece => piece.Width > least / 2 || piece.Height >= least / 2).Min(piece => piece.Height);
    }

    private SKBitmap Picture(int width, int height, StampDirective directive, out LabelImage label)
    {
        label = _painter.Paint(directive, width, height);
        var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        picture.Erase(SKColors.DarkSlateGray);
        using var ink = SKBitmap.Decode(label.Png.Span);
        using var canvas = new SKCanvas(picture);
        canvas.DrawBitmap(ink, label.X, label.Y, SKSamplingOptions.Default);
        return picture;
    }

    private static SKRectI InkOf(SKBitmap picture)
    {
        var pixels = picture.GetPixelSpan();
        var ink = new SKRectI(int.MaxValue, int.MaxValue, 0, 0);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                if (pixels[(y * picture.RowBytes) + (x * 4)] < 200)
                    continue;
                ink = new SKRectI(Math.Min(ink.Left, x), Math.Min(ink.Top, y), Math.Max(ink.Right, x + 1), Math.Max(ink.Bottom, y + 1));
            }
        }

        return ink;
    }
}
