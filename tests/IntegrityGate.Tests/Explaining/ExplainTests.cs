using IntegrityGate.Commands;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Time;
using IntegrityGate.Explaining;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Tests.Evaluating;

namespace IntegrityGate.Tests.Explaining;

/// <summary>One page for one moment.</summary>
public sealed class ExplainTests
{
    [Theory]
    [InlineData("12.3s", 12.3)]
    [InlineData("0", 0)]
    [InlineData("2:03", 123)]
    [InlineData("1:02:03.5", 3723.5)]
    public void Moments_are_read(string text, double seconds) => Assert.Equal(seconds, ExplainCommand.ReadTime(text).TotalSeconds, 1e-9);

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("1:2:3:4")]
    [InlineData("86401")]
    [InlineData("1e9")]
    [InlineData("NaN")]
    public void What_is_no_moment_is_refused(string text) => Assert.Throws<FormatException>(() => ExplainCommand.ReadTime(text));

    [Theory]
    [InlineData(500)]
    [InlineData(250)]
    [InlineData(130)]
    public void The_fine_grid_offers_a_scan_the_pictures_that_a_coarse_one_would(int intervalMs)
    {
        var interval = TimeSpan.FromMilliseconds(intervalMs);
        var random = new Random(7);
        var times = new List<long> { random.Next(40) };
        while (times[^1] < 20_000)
            times.Add(times[^1] + random.Next(5, 90));
        var grid = new SampleGrid(interval);
        Assert.True(grid.Step <= SampleGrid.Finest);

        var coarse = First(times, interval);
        var fine = First(times, grid.Step).Where(t => grid.Offers(new MediaTime(t))).ToList();
        Assert.Equal(coarse, fine);

        static List<long> First(List<long> times, TimeSpan interval) => [.. times.GroupBy(t => Math.Floor(t / interval.TotalMilliseconds)).Select(g => g.First())];
    }

    [Fact]
    public async Task A_page_shows_the_moment_and_needs_nothing_but_itself()
    {
        RequireReader();
        using var set = new GeneratedSet();
        await set.FilmAsync("<b>clip.mp4", "testsrc2=size=640x360:rate=10,drawtext=fontfile=/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc:text=AI生成:fontsize=48:fontcolor=white:box=1:boxcolor=black:x=w-tw-20:y=20", seconds: 8);
        using var explainer = Explainer.Create(Gate());
        var moment = await explainer.RunAsync(set.In("<b>clip.mp4"), TimeSpan.FromSeconds(6.25), _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(6200, moment.Score.At.Milliseconds);
        Assert.Equal((640, 360), (moment.Width, moment.Height));
        Assert.Equal(moment.Score.ViewScores, moment.Views.Select(v => v.Logit));
        Assert.Equal(moment.Score.Score, moment.Views.Average(v => v.Logit), 1e-9);
        Assert.Contains(moment.Text.Lines, l => l.Text.Contains("生成", StringComparison.Ordinal));
        Assert.InRange(moment.Steps.Count, 3, 13);
        Assert.All(moment.Steps, s => Assert.True(s.Score.At <= moment.Score.At));

        var page = ExplanationPage.Of(moment);
        Assert.Contains("&lt;b&gt;clip.mp4 at 0:00:06.200", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.Contains("class=\"mark\"", page, StringComparison.Ordinal);
        Assert.Equal(5, page.Split("data:image/jpeg").Length - 1);
    }

    [Fact]
    public async Task A_moment_behind_the_end_is_refused()
    {
        RequireReader();
        using var set = new GeneratedSet();
        await set.FilmAsync("clip.mp4", "testsrc2=size=320x240:rate=10", seconds: 2);
        using var explainer = Explainer.Create(Gate());
        var refused = await Assert.ThrowsAsync<MediaUnreadableException>(() => explainer.RunAsync(set.In("clip.mp4"), TimeSpan.FromSeconds(3), _ => { }, TestContext.Current.CancellationToken));
        Assert.Contains("It ends at 0:00:02", refused.Message, StringComparison.Ordinal);
    }

    private static void RequireReader() =>
        Assert.SkipUnless(File.Exists(Path.Combine(GeneratedSet.Root, "models", "ppocr-v4", "ppocr_keys_v1.txt")), "ppocr-v4 is not restored: run models/restore.sh");

    private static GateOptions Gate() =>
        GateOptionsReader.Read(GateConfiguration.Build(null, new Dictionary<string, string?> { ["inspection:models"] = Path.Combine(GeneratedSet.Root, "models") }));
}
