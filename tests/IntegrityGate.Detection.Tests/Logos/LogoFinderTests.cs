using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Logos;
using IntegrityGate.Detection.Tests.Support;
using SkiaSharp;

namespace IntegrityGate.Detection.Tests.Logos;

public sealed class LogoFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("topLeft", 40, 40, true)]
    [InlineData("topLeft", 1180, 40, false)]
    [InlineData("anyCorner", 1180, 640, true)]
    [InlineData("anyCorner", 620, 640, false)]
    [InlineData("anyCorner", 620, 340, false)]
    [InlineData("bottom", 620, 640, true)]
    [InlineData("left", 40, 340, true)]
    [InlineData("anyEdge", 620, 340, false)]
    public async Task A_logo_is_found_in_its_places_only(string place, int x, int y, bool found)
    {
        using var finder = Load(place);
        using var frame = Frame(1280, 720, x, y, 50);
        var reading = await finder.FindAsync(frame, TestContext.Current.CancellationToken);
        Assert.Equal(found, reading.Logos.Count == 1);
        if (found)
            Assert.True(reading.Logos[0].Box.Overlap(new PixelBox(x, y, 50, 50)) > 0.8, reading.Logos[0].Box.ToString());
    }

    [Theory]
    [InlineData(20, false)] // 2.8 % of the short side
    [InlineData(30, true)] // 4.2 %
    [InlineData(62, true)] // 8.6 %
    [InlineData(100, false)] // 13.9 %
    public async Task A_logo_is_found_in_its_range_of_heights_only(int height, bool found)
    {
        using var finder = Load("topLeft");
        using var frame = Frame(1280, 720, 40, 40, height);
        Assert.Equal(found, (await finder.FindAsync(frame, TestContext.Current.CancellationToken)).Logos.Count == 1);
    }

    [Theory]
    [InlineData(3, 1000)]
    [InlineData(1000, 100)]
    [InlineData(100, 100)]
    [InlineData(1, 1)]
    public async Task A_frame_of_a_shape_that_no_picture_has_is_passed_over(int width, int height)
    {
        using var finder = Load("anyEdge");
        using var frame = new VideoFrame(MediaTime.Zero, width, height);
        frame.Pixels.Fill(128);
        Assert.Empty((await finder.FindAsync(frame, TestContext.Current.CancellationToken)).Logos);
    }

    [Theory]
    [InlineData(240, 427)]
    [InlineData(427, 240)]
    [InlineData(641, 359)]
    [InlineData(360, 1080)]
    [InlineData(3840, 2160)]
    public async Task Frames_of_any_other_size_are_looked_at(int width, int height)
    {
        using var finder = Load("anyEdge");
        var side = Math.Min(width, height);
        using var frame = Frame(width, height, side / 20, side / 20, side / 16);
        Assert.Single((await finder.FindAsync(frame, TestContext.Current.CancellationToken)).Logos);
    }

    [Fact]
    public void Noise_flat_grounds_and_gradients_have_no_logo()
    {
        TestLogos.Write(_folder.Path, 0.6);
        using var finder = LogoFinder.Load(_folder.Path, 1);
        using var slot = new LogoSlot(new ResizeAxisCache());
        var random = new Random(3);
        for (var i = 0; i < 12; i++)
        {
            using var frame = new VideoFrame(MediaTime.Zero, 640, 360);
            var pixels = frame.Pixels;
            for (var p = 0; p < pixels.Length; p++)
                pixels[p] = (i % 3) switch { 0 => (byte)random.Next(256), 1 => (byte)(20 * i), _ => (byte)(p / 3 % 640 * i / 32) };
            Assert.Empty(finder.Find(frame, slot));
        }
    }

    [Fact]
    public void A_look_that_finds_nothing_allocates_nothing()
    {
        TestLogos.Write(_folder.Path, 0.6);
        using var finder = LogoFinder.Load(_folder.Path, 1);
        using var slot = new LogoSlot(new ResizeAxisCache());
        using var bitmap = LabelScene.Background(9, 1280, 720);
        using var frame = new VideoFrame(MediaTime.Zero, 1280, 720);
        LabelScene.ToRgb(bitmap).CopyTo(frame.Pixels);
        Assert.Empty(finder.Find(frame, slot));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5; i++)
            finder.Find(frame, slot);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private LogoFinder Load(string place)
    {
        TestLogos.Write(_folder.Path, 0.7, "box");
        var document = _folder.In("logos.json");
        File.WriteAllText(document, File.ReadAllText(document).Replace("anyCorner", place, StringComparison.Ordinal));
        return LogoFinder.Load(_folder.Path, 1);
    }

    private static VideoFrame Frame(int width, int height, int x, int y, int size)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        bitmap.Erase(new SKColor(90, 100, 80));
        using var logo = TestLogos.Draw("box");
        using var image = SKImage.FromBitmap(logo);
        using (var canvas = new SKCanvas(bitmap))
            canvas.DrawImage(image, SKRect.Create(x, y, size, size), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        var frame = new VideoFrame(MediaTime.Zero, width, height);
        LabelScene.ToRgb(bitmap).CopyTo(frame.Pixels);
        return frame;
    }
}
