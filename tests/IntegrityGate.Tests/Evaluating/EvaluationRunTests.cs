using System.Text.Json;
using IntegrityGate.Configuration;
using IntegrityGate.Evaluating;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Reports;
using IntegrityGate.Evaluating.Trials;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Tests.Evaluating;

/// <summary>Whole runs: ffmpeg, decoder, detector and judge over small sets.</summary>
public sealed class EvaluationRunTests
{
    [Fact]
    public async Task A_drawn_set_goes_through_the_live_path_and_every_item_is_accounted_for()
    {
        using var set = new GeneratedSet();
        foreach (var (name, source) in ((string, string)[])
                 [
                     ("ai/one/100%.png", "mandelbrot=size=640x480"),
                     ("ai/one/b.png", "mandelbrot=size=640x480:start_scale=0.5"),
                     ("ai/two/c.jpg", "mandelbrot=size=640x480:start_scale=0.1"),
                     ("real/three/d.jpg", "testsrc2=size=480x640"),
                     ("real/three/grey.png", "color=gray:size=640x480"),
                     ("real/four/small.png", "testsrc2=size=320x240"),
                     ("real/four/e.png", "rgbtestsrc=size=640x480"),
                 ])
            await set.DrawAsync(name, source);
        await set.FilmAsync("real/three/clip.mp4", "testsrc2=size=640x480:rate=10", seconds: 14);
        File.Copy(set.In("real/four/e.png"), set.In("real/four/twin.png"));
        await File.WriteAllTextAsync(set.In("ai/two/garbage.jpg"), "no picture", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(set.In("ai/two/notes.txt"), "left alone", TestContext.Current.CancellationToken);

        var evaluation = await RunAsync(set, [set.Folder], "360p@crf28,270p@300k");

        Assert.Equal((9, 1), evaluation.Size);
        var at360 = evaluation.Measurements.Scores.Where(s => s.Rate.ToString() == "360p@crf28").ToDictionary(s => s.Item.Name);
        Assert.Equal(9, at360.Count);
        Assert.Equal(LookOutcome.Scored, at360["ai/one/100%.png"].Outcome);
        Assert.Equal(LookOutcome.Scored, at360["real/three/d.jpg"].Outcome);
        Assert.Equal(LookOutcome.OutOfScope, at360["real/three/grey.png"].Outcome);
        Assert.Equal((LookOutcome.TooSmall, "its short side is 240 px"), (at360["real/four/small.png"].Outcome, at360["real/four/small.png"].Note));
        Assert.Equal(LookOutcome.Failed, at360["ai/two/garbage.jpg"].Outcome);
        Assert.InRange(at360["real/three/clip.mp4"].Frames, 7, 14);
        Assert.Equal(LookOutcome.Scored, evaluation.Measurements.Scores.Single(s => s.Item.Name == "real/four/small.png" && s.Rate.ToString() == "270p@300k").Outcome);
        Assert.Equal("at its own size, 240 px", evaluation.Measurements.Scores.Single(s => s.Item.Name == "real/four/small.png" && s.Rate.ToString() == "270p@300k").Note);

        var stream = Assert.Single(evaluation.Measurements.Streams, s => s.Rate.ToString() == "360p@crf28");
        Assert.Equal(14, stream.Duration.TotalSeconds, 0.2);
        Assert.Equal(1, evaluation.Streams[0].Real.Trials);
        Assert.Contains(evaluation.Failures, f => f.Item.Name == "ai/two/garbage.jpg");
        Assert.All(evaluation.Groups, g => Assert.Equal(Exposure.Unseen, g.Exposure));
        Assert.NotNull(evaluation.Groups[0].Auc.Interval);
        Assert.Contains("needs 3000 unseen real items", evaluation.Groups[0].TruePositivesAt01Percent.Why, StringComparison.Ordinal);
        Assert.Null(evaluation.Card!.Agrees);
        Assert.Contains("cannot support that budget", string.Concat(evaluation.Advice!.Support), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_set_and_seed_give_the_same_report_however_many_jobs_there_are()
    {
        using var set = new GeneratedSet();
        for (var i = 0; i < 4; i++)
            await set.DrawAsync($"{(i % 2 == 0 ? "ai" : "real")}/s{i / 2}/{i}.png", $"mandelbrot=size=480x360:start_scale={0.1 + i}");
        await set.FilmAsync("ai/s0/clip.mp4", "mandelbrot=size=480x360:rate=10", seconds: 4);
        var one = await RunAsync(set, [set.Folder], "360p@crf30,240p@200k", jobs: 1);
        var four = await RunAsync(set, [set.Folder], "360p@crf30,240p@200k", jobs: 4);
        Assert.Equal(JsonReport.Of(one), JsonReport.Of(four));
        Assert.Equal(CsvReport.Items(one), CsvReport.Items(four));
        Assert.Equal(HtmlReport.Of(one), HtmlReport.Of(four));
        using var json = JsonDocument.Parse(JsonReport.Of(one));
        Assert.Equal("frame-v1", json.RootElement.GetProperty("model").GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_cascade_is_put_beside_all_views_on_the_same_frames()
    {
        using var set = new GeneratedSet();
        for (var i = 0; i < 6; i++)
            await set.DrawAsync($"{(i % 2 == 0 ? "ai" : "real")}/s/{i}.png", i < 4 ? $"mandelbrot=size=480x360:start_scale={0.1 + i}" : $"testsrc2=size={480 + (64 * (i - 4))}x360");
        await set.FilmAsync("real/t/clip.mp4", "testsrc2=size=480x360:rate=10", seconds: 14);
        var evaluation = await RunAsync(set, [set.Folder], "360p@crf30", cascade: true);
        var sentinel = 0;
        foreach (var score in evaluation.Measurements.Scores.Where(s => !s.Item.IsClip))
        {
            var cascade = score.Cascade!;
            var isSentinel = score.Views[0] < evaluation.Levels.Review - 1;
            Assert.Equal(isSentinel ? 1 : 4, cascade.Views);
            Assert.Equal(isSentinel ? score.Views[0] : score.Score, cascade.Score, 0.001);
            sentinel += isSentinel ? 1 : 0;
        }

        Assert.InRange(sentinel, 1, 6); // else the set says nothing of the sentinel
        var stream = Assert.Single(evaluation.Measurements.Streams);
        Assert.True(stream.Cascade!.Looks >= 5);
        Assert.NotEmpty(evaluation.Cascade);
        using var json = JsonDocument.Parse(JsonReport.Of(evaluation));
        Assert.Equal("360p@crf30", json.RootElement.GetProperty("cascade")[0].GetProperty("rate").GetString());
        Assert.Contains("The cascade beside all views", HtmlReport.Of(evaluation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_maker_measured_comes_out_of_the_live_path()
    {
        Assert.SkipWhen(GeneratedSet.Shared is null, "the folder with third-party material is absent");
        using var set = new GeneratedSet();
        // Two AI and two real clips; index.tsv tells the maker's mean score of each file as it is.
        var measured = new Dictionary<string, double> { ["ai/causvid-2.mp4"] = 2.14, ["ai/skyreels2-5.mp4"] = 1.24, ["real/hand-held-objects-2.mp4"] = -1.62, ["real/talking-head-television-4.mp4"] = -1.82 };
        await File.WriteAllLinesAsync(
            set.In("list.tsv"),
            [
                "file\tclass\tsource\tin_training",
                .. measured.Keys.Select(k => $"{GeneratedSet.Shared}/media/{k}\t{k.Split('/')[0]}\t{k}\tno"),
                .. ((string[])["ai/pictures/a3-switti-1.jpg", "real/pictures/r3-csvconf-1.jpg"]).Select(k => $"{GeneratedSet.Shared}/eval/{k}\t{k.Split('/')[0]}\t{k}\tno"),
            ],
            TestContext.Current.CancellationToken);
        var evaluation = await RunAsync(set, [set.In("list.tsv")], "360p@crf20");
        Assert.All(evaluation.Measurements.Scores, s => Assert.Equal(LookOutcome.Scored, s.Outcome));
        foreach (var (name, mean) in measured)
        {
            var score = evaluation.Measurements.Scores.Single(s => s.Item.Name.EndsWith(name, StringComparison.Ordinal)).Score;
            Assert.InRange(score, mean - 0.5, mean + 0.5);
        }

        Assert.True(Of("a3-switti-1.jpg") > Of("r3-csvconf-1.jpg"));
        double Of(string file) => evaluation.Measurements.Scores.Single(s => s.Item.Name.EndsWith(file, StringComparison.Ordinal)).Score;
    }

    [Fact]
    public async Task A_set_that_cannot_be_used_is_refused_with_every_reason()
    {
        using var set = new GeneratedSet();
        await set.DrawAsync("a.png", "testsrc2=size=320x240");
        File.Copy(set.In("a.png"), set.In("b.png"));
        await File.WriteAllTextAsync(set.In("c.pdf"), "", TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(set.In("list.tsv"), ["file\tclass\tsource\tin_training", "a.png\tai\ts\tno", "b.png\treal\ts\tno", "c.pdf\tai\ts\tno", "d.png\tai\ts\tno"], TestContext.Current.CancellationToken);
        var list = set.In("list.tsv");
        var refused = Assert.Throws<EvaluationSetException>(() => EvaluationSet.Load([list, set.In("nowhere")]));
        Assert.Contains($"{list}:4: file: 'c.pdf' is no known picture or clip", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{list}:5: file: 'd.png' does not exist", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{set.In("nowhere")}: is neither a list nor a folder", refused.Message, StringComparison.Ordinal);

        await File.WriteAllLinesAsync(list, ["file\tclass\tsource\tin_training", "a.png\tai\ts\tno", "b.png\treal\ts\tno"], TestContext.Current.CancellationToken);
        Assert.Contains("with the same bytes is ai", Assert.Throws<EvaluationSetException>(() => EvaluationSet.Load([list])).Message, StringComparison.Ordinal);
        Assert.Contains("has neither an index.tsv nor pictures or clips", Assert.Throws<EvaluationSetException>(() => EvaluationSet.Load([set.Folder])).Message, StringComparison.Ordinal);
    }

    private static Task<Evaluation> RunAsync(GeneratedSet set, IReadOnlyList<string> sets, string rates, int jobs = 2, bool cascade = false)
    {
        var gate = GateOptionsReader.Read(GateConfiguration.Build(null, new Dictionary<string, string?> { ["inspection:models"] = set.Models, ["inspection:variant"] = "fp32" }));
        var options = new EvaluationOptions
        {
            Sets = sets,
            Rates = [.. rates.Split(',').Select(r => StreamRate.TryParse(r, out var rate, out _) ? rate : throw new ArgumentException(r, nameof(rates)))],
            Jobs = jobs,
            Cascade = cascade,
            Budget = new LevelBudget(0.05, 1),
        };
        return EvaluationRun.RunAsync(gate, options, _ => { }, TestContext.Current.CancellationToken);
    }
}
