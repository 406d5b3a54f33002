using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Logos;
using IntegrityGate.Detection.Tests.Support;
using SkiaSharp;

namespace IntegrityGate.Detection.Tests.Logos;

/// <summary>Takes logos the whole way: drawn over real pictures, through x264 and back, and looked for.</summary>
public static class LogoTrial
{
    private const int FramesAtATime = 6;

    private static readonly (int Width, int Height)[] Frames = [(640, 360), (854, 480), (1280, 720), (720, 1280), (1920, 1080)];

    /// <summary>The real pictures beside the repository; skips the running test when they are absent.</summary>
    public static string[] Pictures() => [.. Directory.GetFiles(Repository.Shared("eval/real/pictures"), "*.jpg").Order(StringComparer.Ordinal)];

    /// <summary>Cases from a fixed seed.</summary>
    public static List<LogoCase> Cases(int count, IReadOnlyList<double> opacities)
    {
        var random = new Random(4711);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (width, height) = Frames[random.Next(Frames.Length)];
            return new LogoCase(
                TestLogos.Names[i % TestLogos.Names.Length],
                0.042 + (0.046 * random.NextDouble()),
                opacities[i / TestLogos.Names.Length % opacities.Count],
                random.Next(2) == 0,
                random.Next(2) == 0,
                random.Next(),
                width,
                height,
                new[] { 22, 27, 32 }[random.Next(3)]);
        })];
    }

    /// <summary>Runs cases.</summary>
    public static List<(LogoCase Case, double Score, bool InPlace)> Measure(LogoFinder finder, IEnumerable<LogoCase> cases)
    {
        var pictures = Pictures();
        var results = new List<(LogoCase, double, bool)>();
        using var slot = new LogoSlot(new Imaging.ResizeAxisCache());
        foreach (var group in cases.GroupBy(c => (c.Width, c.FrameHeight, c.Crf)))
        {
            foreach (var chunk in group.Chunk(FramesAtATime))
            {
                var boxes = new PixelBox[chunk.Length];
                var frames = H264.RoundTrip(chunk.Select((c, i) => Draw(c, pictures[c.Picture % pictures.Length], out boxes[i])).ToList(), group.Key.Width, group.Key.FrameHeight, group.Key.Crf);
                for (var i = 0; i < chunk.Length; i++)
                {
                    using var frame = frames[i];
                    var found = finder.Find(frame, slot).FirstOrDefault(f => f.Name == chunk[i].Logo);
                    results.Add((chunk[i], found?.Score ?? 0, found is not null && found.Box.Overlap(boxes[i]) > 0.5));
                }
            }
        }

        return results;
    }

    /// <summary>What is found on pictures as they are.</summary>
    public static List<(string Picture, LogoFound Found)> FalseAlarms(LogoFinder finder, IEnumerable<string> pictures, int width, int height, int crf)
    {
        var alarms = new List<(string, LogoFound)>();
        using var slot = new LogoSlot(new Imaging.ResizeAxisCache());
        foreach (var chunk in pictures.Chunk(FramesAtATime))
        {
            var frames = H264.RoundTrip(chunk.Select(path => Plain(path, width, height)).ToList(), width, height, crf);
            for (var i = 0; i < chunk.Length; i++)
            {
                using var frame = frames[i];
                foreach (var found in finder.Find(frame, slot))
                    alarms.Add((Path.GetFileName(chunk[i]), found));
            }
        }

        return alarms;
    }

    private static byte[] Plain(string path, int width, int height)
    {
        using var bitmap = LabelScene.Background(path, width, height);
        return LabelScene.ToRgb(bitmap);
    }

    private static byte[] Draw(LogoCase c, string picture, out PixelBox box)
    {
        using var bitmap = LabelScene.Background(picture, c.Width, c.FrameHeight);
        using var logo = TestLogos.Draw(c.Logo);
        using var image = SKImage.FromBitmap(logo);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.White.WithAlpha((byte)Math.Round(255 * c.Opacity)) };
        var side = Math.Min(c.Width, c.FrameHeight);
        var height = (float)(c.Height * side);
        var width = height * (float)TestLogos.Aspect(c.Logo);
        var margin = 0.03f * side;
        var place = SKRect.Create(c.Right ? c.Width - margin - width : margin, c.Bottom ? c.FrameHeight - margin - height : margin, width, height);
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
        box = new PixelBox(place.Left, place.Top, place.Width, place.Height);
        return LabelScene.ToRgb(bitmap);
    }
}
