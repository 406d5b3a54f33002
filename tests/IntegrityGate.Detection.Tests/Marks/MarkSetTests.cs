using System.Globalization;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Rules;
using IntegrityGate.Detection.Tests.Labels;
using IntegrityGate.Detection.Tests.Logos;
using IntegrityGate.Detection.Tests.Support;
using IntegrityGate.Enforcement.Labels;
using IntegrityGate.Enforcement.Marks;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Detection.Tests.Marks;

/// <summary>
/// Marks in words, drawn over real pictures, through H.264, the shipped reader and the shipped marks: what is found, and what is taken
/// for one. A normal run takes a sample, a full run (INTEGRITYGATE_TEST_FULL=1) several hundred.
/// </summary>
public sealed class MarkSetTests(ITestOutputHelper output)
{
    private static readonly string[] _marks =
    [
        "KLING AI 2.1", "可灵AI 3.0", "可灵AI", "即梦AI", "豆包AI生成", "MINIMAX | hailuo AI", "Hailuo AI", "Vidu", "HeyGen", "PixVerse", "Dola AI", "千问AI生成",
        "AI生成", "内容由AI生成", "作品含AI生成内容", "疑似使用了AI生成技术", "AI-generated", "AI GENERATED", "Made with Sora",
    ];

    private static readonly string[] _ordinary =
    [
        "Sora: hi everyone", "vidu", "mi vidu", "thx Sora", "Tokino Sora", "How AI generated images changed art", "AI can generate video", "made with love", "豆包和油条", "刚出炉的豆包",
        "Runway show 2026", "Gemini season", "Pikachu", "AI生成教程", "这是AI生成的吗", "人工智能可以生成图片", "AI生成的未来", "可灵活运用", "Kling is better", "今日特价", "NOT AI generated", "Synthesis",
    ];

    private static bool Full => Environment.GetEnvironmentVariable("INTEGRITYGATE_TEST_FULL") == "1";

    [Fact]
    public async Task Marks_at_an_edge_are_read()
    {
        var results = await MeasureAsync(Cases(Full ? 20 : 2, _marks, 611));
        foreach (var group in results.GroupBy(r => r.Case.Opacity).OrderBy(g => g.Key))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"opacity {group.Key}: {group.Count(r => r.Found.Count > 0)} of {group.Count()}"));
        foreach (var group in results.GroupBy(r => r.Case.Words))
            output.WriteLine($"{group.Key}: {group.Count(r => r.Found.Count > 0)} of {group.Count()}");
        var missed = results.Where(r => r.Visible >= 0.8 && r.Found.Count == 0).ToList();
        foreach (var (label, text, _, _) in missed)
            output.WriteLine($"missed {label}: \"{text}\"");
        var visible = results.Count(r => r.Visible >= 0.8);
        Assert.True(visible >= results.Count / 3, $"only {visible} of {results.Count} stand out from the picture");
        Assert.True(missed.Count <= 0.12 * visible, $"{missed.Count} of {visible} were missed");
    }

    [Fact]
    public async Task Talk_about_generators_and_ordinary_words_are_no_marks()
    {
        var results = await MeasureAsync(Cases(Full ? 15 : 2, _ordinary, 612));
        Assert.True(results.Count(r => r.Text.Length > 0) >= results.Count / 2, "most of them were not even read");
        Assert.Empty(results.Where(r => r.Found.Count > 0).Select(r => $"{r.Case}: {r.Text}"));
    }

    [Fact]
    public async Task Real_pictures_have_no_mark()
    {
        Repository.RequireReader();
        using var reader = LabelTrial.LoadReader();
        var marks = Reader();
        var (label, pictures) = (new LabelReader(Law, new LabelReadingOptions()), LogoTrial.Pictures().Where((_, i) => Full || i % 16 == 3).ToList());
        foreach (var chunk in pictures.Chunk(6))
        {
            var frames = H264.RoundTrip(chunk.Select(Plain).ToList(), 1280, 720, 24);
            for (var i = 0; i < chunk.Length; i++)
            {
                using var frame = frames[i];
                var reading = (TextReading)await reader.InspectAsync(frame, TestContext.Current.CancellationToken);
                var found = marks.Read(reading, label.Read(reading));
                Assert.True(found.TrueForAll(mark => mark.Kind == MarkKind.Word), $"{Path.GetFileName(chunk[i])}: {string.Join(", ", found.Select(mark => mark.Says))}");
            }
        }

        static byte[] Plain(string path)
        {
            using var bitmap = LabelScene.Background(path, 1280, 720);
            return LabelScene.ToRgb(bitmap);
        }
    }

    private static Obligations Law { get; } = Obligations.From(RulePackLibrary.Shipped.Select(["cn-2025"]), new DateOnly(2026, 10, 1));

    private static MarkReader Reader() => new(Law, new MarkMatcher(MarkCatalog.Shipped), new MarkReadingOptions());

    private static List<LabelCase> Cases(int each, string[] words, int seed)
    {
        var random = new Random(seed);
        (int Width, int Height)[] frames = [(640, 360), (1280, 720), (720, 1280), (1920, 1080)];
        LabelPlace[] places = [LabelPlace.BottomRight, LabelPlace.BottomRight, LabelPlace.BottomLeft, LabelPlace.TopLeft, LabelPlace.TopRight, LabelPlace.Bottom];
        LabelStyle[] styles = [LabelStyle.Shadow, LabelStyle.Outline, LabelStyle.Veil, LabelStyle.Plate];
        return [.. Enumerable.Range(0, each * words.Length).Select(i =>
        {
            var text = words[i % words.Length];
            var (width, height) = frames[random.Next(frames.Length)];
            return new LabelCase
            {
                Words = text,
                Font = text.Any(c => c >= 0x2E80) ? LabelScene.SansBold : random.Next(2) == 0 ? LabelScene.SansBold : LabelScene.LatinSans,
                HeightFraction = 0.03 + (0.03 * random.NextDouble()),
                Opacity = new[] { 0.6, 0.8, 1 }[random.Next(3)],
                Style = styles[random.Next(styles.Length)],
                Layout = LabelLayout.Row,
                Place = places[random.Next(places.Length)],
                OutlineFraction = 0.06,
                Width = width,
                Height = height,
                Crf = new[] { 20, 26, 30 }[random.Next(3)],
                Picture = random.Next(),
            };
        })];
    }

    private static async Task<List<(LabelCase Case, string Text, IReadOnlyList<MarkSighting> Found, double Visible)>> MeasureAsync(List<LabelCase> cases)
    {
        Repository.RequireReader();
        LabelScene.RequireFonts();
        using var reader = LabelTrial.LoadReader();
        var (marks, label, set) = (Reader(), new LabelReader(Law, new LabelReadingOptions()), new LabelSet(LabelPart.HeldOut));
        var results = new List<(LabelCase, string, IReadOnlyList<MarkSighting>, double)>();
        foreach (var group in cases.GroupBy(c => (c.Width, c.Height, c.Crf)))
        {
            foreach (var chunk in group.Chunk(6))
            {
                var drawn = Array.ConvertAll(chunk, set.Draw);
                var frames = H264.RoundTrip(drawn.Select(d => d.Pixels), group.Key.Width, group.Key.Height, group.Key.Crf);
                for (var i = 0; i < chunk.Length; i++)
                {
                    using var frame = frames[i];
                    var reading = (TextReading)await reader.InspectAsync(frame, TestContext.Current.CancellationToken);
                    var found = marks.Read(reading, label.Read(reading));
                    results.Add((chunk[i], string.Join(" / ", reading.Lines.Select(l => l.Text)), found, drawn[i].VisibleShare));
                }
            }
        }

        return results;
    }
}
