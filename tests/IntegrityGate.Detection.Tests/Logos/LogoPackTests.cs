using System.Text;
using IntegrityGate.Detection.Logos;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Tests.Support;
using SkiaSharp;

namespace IntegrityGate.Detection.Tests.Logos;

public sealed class LogoPackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_of_logos_is_read()
    {
        TestLogos.Write(_folder.Path, 0.6);
        using var finder = LogoFinder.Load(_folder.Path, 1);
        Assert.Equal(TestLogos.Names, finder.Names);
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_its_path()
    {
        TestLogos.Write(_folder.Path, 0.6, "box");
        Png("opaque.png", 40, 40, SKColors.White);
        Png("nothing.png", 40, 40, SKColors.Transparent);
        Png("tiny.png", 8, 8, new SKColor(255, 255, 255, 128));
        Png("huge.png", 1025, 20, new SKColor(255, 255, 255, 128));
        File.WriteAllText(_folder.In("text.png"), "no picture");
        File.WriteAllText(_folder.In("logos.json"), """
            {
              "schema": 2,
              "logos": [
                { "name": "a", "generator": "", "file": "box.png", "place": "middle", "minHeight": 0.09, "maxHeight": 0.04, "minScore": 0.1 },
                { "name": "a", "generator": "g", "file": "../box.png", "place": "top", "minHeight": 0.01, "maxHeight": 0.5, "minScore": 0.6, "ground": 300 },
                { "name": "c", "generator": "g", "file": "none.png", "place": "top", "minHeight": 0.04, "maxHeight": 0.05, "minScore": 0.6 },
                { "name": "d", "generator": "g", "file": "text.png", "place": "top", "minHeight": 0.04, "maxHeight": 0.05, "minScore": 0.6 },
                { "name": "e", "generator": "g", "file": "opaque.png", "place": "top", "minHeight": 0.04, "maxHeight": 0.05, "minScore": 0.6 },
                { "name": "f", "generator": "g", "file": "nothing.png", "place": "top", "minHeight": 0.04, "maxHeight": 0.05, "minScore": 0.6 },
                { "name": "g", "generator": "g", "file": "tiny.png", "place": "top", "minHeight": 0.04, "maxHeight": 0.05, "minScore": 0.6 },
                { "name": "h", "generator": "g", "file": "huge.png", "place": "top", "minHeight": 0.04, "maxHeight": 0.05, "minScore": 0.6 }
              ]
            }
            """);
        var refused = Assert.Throws<ModelPackException>(() => LogoFinder.Load(_folder.Path, 1));
        var paths = refused.Errors.Select(e => e[(_folder.In("logos.json").Length + 2)..].Split(':')[0]);
        Assert.Equal(
            [
                "logos[0].generator", "logos[0].maxHeight", "logos[0].minScore", "logos[0].place", "logos[1].file", "logos[1].ground", "logos[1].maxHeight",
                "logos[1].minHeight", "logos[1].name", "logos[2].file", "logos[3].file", "logos[4].file", "logos[5].file", "logos[6].file", "logos[7].file", "schema", "version",
            ],
            paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_pack_that_would_cost_too_much_is_refused_before_a_frame_is_looked_at()
    {
        using (var bitmap = TestLogos.Draw("word"))
        using (var png = bitmap.Encode(SKEncodedImageFormat.Png, 100))
            File.WriteAllBytes(_folder.In("word.png"), png.ToArray());
        var logos = Enumerable.Range(0, 32).Select(i => $$"""{ "name": "l{{i}}", "generator": "g", "file": "word.png", "place": "anyEdge", "minHeight": 0.03, "maxHeight": 0.2, "minScore": 0.6 }""");
        File.WriteAllText(_folder.In("logos.json"), $$"""{ "schema": 1, "version": "1", "logos": [{{string.Join(',', logos)}}] }""");
        Assert.Contains("million multiplications", Assert.Throws<ModelPackException>(() => LogoFinder.Load(_folder.Path, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_document_is_refused() =>
        Assert.Contains("logos.json", Assert.Single(Assert.Throws<ModelPackException>(() => LogoFinder.Load(_folder.Path, 1)).Errors), StringComparison.Ordinal);

    /// <summary>An operator's file may be anything: 200,000 damaged documents are refused or read, never thrown at.</summary>
    [Fact]
    public void A_damaged_document_is_read_or_refused_never_an_exception()
    {
        // Its file is never there, so that only the document is exercised.
        const string Sound = """{"schema":1,"version":"1","logos":[{"name":"a","generator":"g","file":"x.png","place":"top","minHeight":0.04,"maxHeight":0.05,"minScore":0.6}]}""";
        var random = new Random(29);
        var sound = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var text = Sound.ToCharArray();
            for (var hits = 1 + random.Next(3); hits > 0; hits--)
                text[random.Next(text.Length)] = "{}[]\",:0129aZ\\u. x/"[random.Next(19)];
            var errors = new List<string>();
            Assert.Empty(LogoPackReader.Read(Encoding.UTF8.GetBytes(new string(text)), "/nowhere", errors));
            Assert.NotEmpty(errors);
            sound += errors.Count == 1 && errors[0].Contains("x.png", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(sound, 1_000, 150_000);
    }

    private void Png(string name, int width, int height, SKColor colour)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        bitmap.Erase(colour);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(_folder.In(name), png.ToArray());
    }
}
