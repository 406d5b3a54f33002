using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Tests.Labels;
using IntegrityGate.Detection.Tests.Support;
using IntegrityGate.Detection.Text;

namespace IntegrityGate.Detection.Tests.Text;

public sealed class LinePrintTests(ITestOutputHelper output)
{
    private static readonly LabelCase _label = new()
    {
        Words = "AI生成",
        Font = LabelScene.SansBold,
        HeightFraction = 0.055,
        Opacity = 1,
        Style = LabelStyle.Plate,
        Layout = LabelLayout.Row,
        Place = LabelPlace.TopLeft,
        OutlineFraction = 0.08,
        Width = 1280,
        Height = 720,
        Crf = 26,
        Picture = 7,
    };

    [Theory]
    [InlineData(640, 360)]
    [InlineData(1280, 720)]
    [InlineData(1080, 1920)]
    public void The_encoder_and_a_picture_that_moves_behind_a_plate_leave_the_print_as_it_is(int width, int height)
    {
        LabelScene.RequireFonts();
        var label = _label with { Width = width, Height = height };
        var first = Print(label, 20);
        foreach (var crf in new[] { 20, 26, 32 })
        {
            Report($"crf {crf}", first.Distance(Print(label, crf)));
            Assert.True(first.Matches(Print(label, crf)));
            Assert.True(first.Matches(Print(label with { Picture = 8 }, crf)));
        }
    }

    [Theory]
    [InlineData("AI主成")]
    [InlineData("AI牛成")]
    [InlineData("AI生戌")]
    [InlineData("A丨生戊")]
    [InlineData("AI")]
    public void One_other_character_is_another_print(string words)
    {
        LabelScene.RequireFonts();
        foreach (var crf in new[] { 20, 32 })
        {
            // At the place of the first label, whatever stands there now.
            var other = Print(_label with { Words = words }, crf);
            Report(words, Print(_label, 26).Distance(other));
            Assert.False(Print(_label, 26).Matches(other));
        }
    }

    [Fact]
    public void A_label_that_shrinks_moves_fades_or_goes_is_another_print()
    {
        LabelScene.RequireFonts();
        var first = Print(_label, 26);
        Assert.False(first.Matches(Print(_label with { HeightFraction = 0.052 }, 26)));
        Assert.False(first.Matches(Print(_label with { Opacity = 0.8 }, 26)));
        Assert.False(first.Matches(Print(_label with { Place = LabelPlace.BottomRight }, 26)));
        Assert.False(first.Matches(Print(_label with { Style = LabelStyle.LightPlate }, 26)));
    }

    [Fact]
    public void Prints_of_any_box_can_be_taken_and_compared()
    {
        using var frame = new VideoFrame(default, 64, 36);
        var random = new Random(5438);
        for (var i = 0; i < 200_000; i++)
        {
            if (i % 1000 == 0)
                random.NextBytes(frame.Pixels);
            var box = RotatedBox.Upright(random.Next(-80, 80), random.Next(-80, 80), random.Next(-80, 160), random.Next(-80, 160)) with { Angle = i % 4 == 0 ? random.NextDouble() - 0.5 : 0 };
            if (box.Width > 64 || box.Height > 12)
                box = box with { Width = Math.Min(box.Width, 64), Height = Math.Min(box.Height, 12) };
            var print = LinePrint.Take(frame, box);
            Assert.True(print.Matches(print));
        }
    }

    private static LinePrint Print(LabelCase label, int crf)
    {
        var drawn = Draw(label);
        using var frame = H264.RoundTrip([drawn.Pixels], label.Width, label.Height, crf)[0];
        // The box of the first label's ink as the detector gives it: 1.7 times the ink.
        var place = Draw(_label with { Width = label.Width, Height = label.Height }).Place;
        var margin = 0.35 * place.Height;
        return LinePrint.Take(frame, RotatedBox.Upright(place.Left - margin, place.Top - margin, place.Right + margin, place.Bottom + margin));
    }

    private static DrawnLabel Draw(LabelCase label)
    {
        using var bitmap = LabelScene.Background(label.Picture, label.Width, label.Height);
        return LabelScene.Draw(bitmap, label);
    }

    private void Report(string what, double distance) => output.WriteLine(FormattableString.Invariant($"{what}: {distance:0.0}"));
}
