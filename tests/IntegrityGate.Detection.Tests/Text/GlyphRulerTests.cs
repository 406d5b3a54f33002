using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Tests.Labels;
using IntegrityGate.Detection.Tests.Support;
using IntegrityGate.Detection.Text;
using SkiaSharp;

namespace IntegrityGate.Detection.Tests.Text;

/// <summary>The ruler alone, on labels of equally wide characters whose cells are known without a recogniser.</summary>
public sealed class GlyphRulerTests
{
    private const string Words = "智能生成合成";

    public static TheoryData<LabelStyle, byte, double> Cases
    {
        get
        {
            var data = new TheoryData<LabelStyle, byte, double>();
            foreach (var style in Enum.GetValues<LabelStyle>())
            {
                // From black to white grounds; a bare white label needs one that it stands out from.
                foreach (var ground in style is LabelStyle.Bare or LabelStyle.Shadow ? new byte[] { 0, 90 } : [0, 90, 200, 255])
                {
                    data.Add(style, ground, 0.05);
                    data.Add(style, ground, 0.1);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_fill_is_measured_and_neither_outline_nor_plate(LabelStyle style, byte ground, double heightFraction)
    {
        LabelScene.RequireFonts();
        foreach (var outline in new[] { 0.05, 0.1 })
        {
            var (measure, truth) = Measure(style, ground, heightFraction, outline);
            Assert.InRange(measure.Height, truth * 0.96, truth * 1.04);
        }
    }

    [Theory]
    [InlineData(LabelStyle.Outline, 200, true)]
    [InlineData(LabelStyle.Outline, 255, true)]
    [InlineData(LabelStyle.DarkOutline, 60, true)]
    [InlineData(LabelStyle.ColouredOutline, 200, true)]
    [InlineData(LabelStyle.Bare, 120, false)]
    public void An_outline_is_noticed_where_the_ground_is_nearer_to_the_fill(LabelStyle style, byte ground, bool isEnclosed)
    {
        LabelScene.RequireFonts();
        Assert.Equal(isEnclosed, Measure(style, ground, 0.08, 0.08).Measure.IsEnclosed);
    }

    [Fact]
    public void A_flat_picture_has_no_height()
    {
        using var room = new RgbPicture();
        room.Reset(90, 40);
        room.Pixels.Fill(77);
        var line = new PixelBox(10, 10, 60, 20);
        Assert.Equal(default, GlyphRuler.Measure(room, line, [new GlyphCell(line, true)], false));
    }

    [Fact]
    public void Any_picture_and_any_cells_are_measured_within_the_line()
    {
        var random = new Random(45438);
        using var room = new RgbPicture();
        for (var i = 0; i < 20_000; i++)
        {
            var (width, height) = (random.Next(1, 28), random.Next(1, 18));
            room.Reset(width, height);
            random.NextBytes(room.Pixels);
            if (i % 3 == 0)
                room.Pixels[..(room.Pixels.Length / 2)].Fill((byte)random.Next(256));
            var line = new PixelBox(random.Next(-4, width), random.Next(-4, height), random.Next(0, 30), random.Next(0, 20));
            var cells = Enumerable.Range(0, random.Next(0, 5))
                .Select(_ => new GlyphCell(new PixelBox(random.Next(-9, 30), random.Next(-9, 20), random.Next(0, 12), random.Next(0, 20)), random.Next(2) == 0)).ToArray();
            var measure = GlyphRuler.Measure(room, line, cells, i % 2 == 0);
            Assert.InRange(measure.Height, 0, height + 1);
        }
    }

    private static (GlyphMeasure Measure, double Truth) Measure(LabelStyle style, byte ground, double heightFraction, double outline)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(1280, 720, SKColorType.Rgba8888, SKAlphaType.Premul));
        bitmap.Erase(new SKColor(ground, ground, ground));
        var drawn = LabelScene.Draw(bitmap, new LabelCase
        {
            Words = Words,
            Font = LabelScene.SansBold,
            HeightFraction = heightFraction,
            Opacity = 1,
            Style = style,
            Layout = LabelLayout.Row,
            Place = LabelPlace.Left,
            OutlineFraction = outline,
            Width = 1280,
            Height = 720,
            Crf = 0,
            Picture = 0,
        });
        var margin = (int)(0.35 * drawn.Place.Height);
        var rim = (int)(0.65 * 1.7 * drawn.Place.Height);
        var line = new PixelBox(rim, rim, drawn.Place.Width + (2 * margin), drawn.Place.Height + (2 * margin));
        using var room = new RgbPicture();
        var (left, top) = ((int)drawn.Place.Left - margin - rim, (int)drawn.Place.Top - margin - rim);
        var cut = Math.Max(-left, 0);
        room.CopyFrom(drawn.Pixels, 1280, left + cut, top, (int)line.Width + (2 * rim) - cut, (int)line.Height + (2 * rim));
        line = line with { X = line.X - cut };
        var pitch = drawn.Place.Width / Words.Length;
        var cells = Enumerable.Range(0, Words.Length).Select(i => new GlyphCell(new PixelBox(line.X + margin + (i * pitch), line.Y, pitch, line.Height), true)).ToArray();
        return (GlyphRuler.Measure(room, line, cells, false), drawn.Height);
    }
}
