using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Detection.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Detection.Tests.Synthetic;

/// <summary>The sentinel's views first, and all views where they say that it matters. The packs' review level is 0.76.</summary>
public sealed class CascadeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-3f, 1)]
    [InlineData(-0.25f, 1)]
    [InlineData(-0.24f, 4)] // the level less the margin: -0.24
    [InlineData(0.5f, 4)]
    [InlineData(0.76f, 4)]
    [InlineData(9f, 4)] // sure is not near, but a verdict hangs on it
    public async Task A_frame_far_under_the_review_level_costs_the_sentinel_and_any_other_all_views(float score, int views)
    {
        ConstantModelPack.Write(_folder.In("constant"), score, sentinelViews: 1, margin: 1.000001);
        var found = await LookAsync(new DetectionOptions(), sentinelFirst: true);
        Assert.Equal(views, found.ViewScores.Count);
        Assert.Equal(score, found.Score);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task All_views_are_run_unless_the_stream_is_clean_and_the_cascade_on(bool enabled, bool sentinelFirst)
    {
        ConstantModelPack.Write(_folder.In("constant"), -3, sentinelViews: 2);
        var found = await LookAsync(new DetectionOptions { Cascade = new CascadeOptions { Enabled = enabled } }, sentinelFirst);
        Assert.Equal(4, found.ViewScores.Count);
    }

    [Fact]
    public async Task A_pack_that_names_no_sentinel_is_run_whole()
    {
        ConstantModelPack.Write(_folder.In("constant"), -3);
        Assert.Equal(4, (await LookAsync(new DetectionOptions(), sentinelFirst: true)).ViewScores.Count);
    }

    [Fact]
    public async Task The_settings_margin_takes_the_place_of_the_models()
    {
        ConstantModelPack.Write(_folder.In("constant"), -3, sentinelViews: 1, margin: 1);
        Assert.Equal(4, (await LookAsync(new DetectionOptions { Cascade = new CascadeOptions { Margin = 4 } }, sentinelFirst: true)).ViewScores.Count);
    }

    [Theory]
    [InlineData(0.3, 4)]
    [InlineData(2.0, 1)] // a level above the model's own lowers nothing
    public async Task A_lower_review_level_in_force_lowers_where_all_views_begin(double review, int views)
    {
        ConstantModelPack.Write(_folder.In("constant"), -0.5f, sentinelViews: 1, margin: 1);
        Assert.Equal(views, (await LookAsync(new DetectionOptions { Cascade = new CascadeOptions { Review = review } }, sentinelFirst: true)).ViewScores.Count);
    }

    [Theory]
    [InlineData(ModelVariant.Fp32)]
    [InlineData(ModelVariant.Int8)]
    public async Task The_shipped_model_answers_alike_whether_its_views_are_run_in_one_batch_or_in_two(ModelVariant variant)
    {
        var shipped = ModelCatalog.Load(Repository.Models).Select<SyntheticFrameModel>("frame-v1", "");
        using var detector = SyntheticFrameDetector.Load(
            shipped with { Sentinel = new Sentinel(1, 0) },
            new DetectionOptions { Variant = variant, SyntheticConcurrency = 1, Cascade = new CascadeOptions { Margin = 100 } },
            NullLogger.Instance);
        using var frame = Frame(new Random(5));
        var raised = Assert.IsType<SyntheticScore>(await detector.InspectAsync(frame, sentinelFirst: true, TestContext.Current.CancellationToken));
        var whole = Assert.IsType<SyntheticScore>(await detector.InspectAsync(frame, sentinelFirst: false, TestContext.Current.CancellationToken));
        Assert.Equal(4, raised.ViewScores.Count);
        Assert.All(raised.ViewScores.Zip(whole.ViewScores), pair => Assert.Equal(pair.First, pair.Second, 0.001));
        Assert.Equal(whole.Fingerprint, raised.Fingerprint);
    }

    [Theory]
    [InlineData(0, "cascade.sentinelViews: ")]
    [InlineData(4, "cascade.sentinelViews: is 4, must be fewer than the 4 views")]
    public void A_sentinel_of_no_views_or_of_all_is_refused(int views, string expected)
    {
        ConstantModelPack.Write(_folder.In("constant"), 1, sentinelViews: 3);
        var document = _folder.In("constant", "model.json");
        File.WriteAllText(document, File.ReadAllText(document).Replace("\"sentinelViews\":3", $"\"sentinelViews\":{views}", StringComparison.Ordinal));
        var refusal = Assert.Throws<ModelPackException>(() => ModelCatalog.Load(_folder.Path));
        Assert.Contains(expected, Assert.Single(refusal.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_streams_detector_asks_the_sentinel_only_when_it_is_told_to()
    {
        List<bool> asked = [];
        var detector = new CascadeDetector(() => new ModelReference("m", "1", "0"), (_, sentinelFirst, _) =>
        {
            asked.Add(sentinelFirst);
            return new ValueTask<EvidenceItem>(new TextReading(default, new ModelReference("m", "1", "0"), 16, 16, []));
        });
        using var frame = new VideoFrame(default, 16, 16);
        await detector.InspectAsync(frame, TestContext.Current.CancellationToken);
        detector.SentinelFirst = true;
        await detector.InspectAsync(frame, TestContext.Current.CancellationToken);
        Assert.Equal([false, true], asked);
    }

    private async Task<SyntheticScore> LookAsync(DetectionOptions options, bool sentinelFirst)
    {
        var model = ModelCatalog.Load(_folder.Path).Select<SyntheticFrameModel>(null, "");
        using var detector = SyntheticFrameDetector.Load(model, options, NullLogger.Instance);
        using var frame = Frame(new Random(1));
        return Assert.IsType<SyntheticScore>(await detector.InspectAsync(frame, sentinelFirst, TestContext.Current.CancellationToken));
    }

    private static VideoFrame Frame(Random random)
    {
        var frame = new VideoFrame(default, 640, 360);
        random.NextBytes(frame.Pixels);
        return frame;
    }
}
