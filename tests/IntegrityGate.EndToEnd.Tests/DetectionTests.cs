using IntegrityGate.Core.Packets;
using IntegrityGate.Detection.Tests;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Reporting.V1;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>Streams that declare nothing: what the detector alone may do. They are published for as long as the detector takes.</summary>
public sealed class DetectionTests
{
    private const int Patience = 120;

    [Fact]
    public async Task The_shipped_detector_raises_a_synthetic_stream_for_review_and_leaves_the_picture_alone()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\n");
        await using var feed = new FeedReader(gate.Grpc);
        // Mean score 2.17 in the clips' own table, frames 1.72 to 2.45: well above the review level of 0.76, under stamp at 2.66.
        var clip = await Clips.SharedAsync("ai/self-forcing-wan-2.mp4", seconds: 18);

        await using var publisher = Publisher.Start(clip, gate.Rtmp + "/synthetic", repeat: true);
        var opened = await feed.FirstAsync("a review incident", e => e.Kind == ChangeKind.Opened, () => gate.Log, Patience);
        await publisher.DisposeAsync();
        var recording = await nginx.RecordingAsync("synthetic");

        Assert.Equal(Severity.Review, opened.Incident.Severity);
        Assert.Equal(Tier.Suspected, opened.Incident.Tier);
        Assert.Equal(VerdictBasis.DetectorReview, opened.Incident.Basis);
        Assert.Equal(Wire.Enforcement.Report, opened.Incident.Action);
        var fact = Assert.Single(opened.Incident.Facts, f => f.Kind == "synthetic" && f.HasThreshold);
        Assert.True(fact.Score >= fact.Threshold);
        Assert.Equal("frame-v1", fact.Model.Name);
        Assert.Equal(64, fact.Model.Sha256.Length);
        var (sent, got) = (FlvRecording.Read(clip).Video.ToList(), FlvRecording.Read(recording).Video.ToList());
        Assert.Equal(Enumerable.Range(0, got.Count).Select(i => sent[i % sent.Count].Digest), got.Select(t => t.Digest));
    }

    [Fact]
    public async Task A_replaced_model_that_is_sure_stamps_by_itself()
    {
        using var models = new TempFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "models", "ppocr-v4")))
        {
            Directory.CreateDirectory(models.In("ppocr-v4"));
            File.Copy(file, Path.Combine(models.In("ppocr-v4"), Path.GetFileName(file)));
        }

        ConstantModelPack.Write(models.In("sure"), score: 5.0f);
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\ninspection:\n  models: {models.Path}\n");
        await using var feed = new FeedReader(gate.Grpc);
        var clip = await Clips.PlainAsync();

        await using var publisher = Publisher.Start(clip, gate.Rtmp + "/sure", repeat: true);
        var stamped = await feed.FirstAsync("an incident that stamps", e => e.Incident.Action == Wire.Enforcement.Stamp, () => gate.Log, Patience);
        var streams = new Wire.Streams.StreamsClient(gate.Grpc);
        await Eventually.TrueAsync(
            "some GOPs to be stamped",
            async () => (await streams.GetAsync(new GetStreamRequest { StreamId = stamped.Incident.StreamId })).Stream.Counters.StampedFrames >= 150,
            Patience,
            () => gate.Log);
        await publisher.DisposeAsync();
        var recording = await nginx.RecordingAsync("sure");

        Assert.Equal(VerdictBasis.DetectorStamp, stamped.Incident.Basis);
        Assert.Equal(Tier.Suspected, stamped.Incident.Tier);
        var (before, after) = await LastKeyFrameAsync(clip, recording);
        var label = PixelRuler.Measure(after, before);
        Assert.NotNull(label);
        var text = await Tesseract.ReadAsync(after, label.Plate);
        Assert.Contains("AI", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("生成", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_that_is_too_small_is_a_finding_of_its_own_and_a_sufficient_one_is_stamped()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\n");
        await using var feed = new FeedReader(gate.Grpc);

        await Publisher.PublishAsync(await Clips.SmallLabelAsync(), gate.Rtmp + "/small", declare: true);

        var opened = await feed.FirstAsync("the incident", e => e.Incident.Violation == "label.too_small", () => gate.Log);
        Assert.Equal("cn-2025.label.height", opened.Incident.Rule.Id);
        var fact = opened.Incident.Facts.First(f => f.HasGlyphHeight);
        Assert.InRange(fact.GlyphHeight, 0.028 * 720 * 0.85, 0.028 * 720 * 1.15);
    }

    /// <summary>The last key frame but one of a recording, and the same picture of the clip that was published over and over.</summary>
    private static async Task<(GrayFrame Published, GrayFrame Recorded)> LastKeyFrameAsync(string clip, string recording)
    {
        var (sent, got) = (FlvRecording.Read(clip).Video.ToList(), FlvRecording.Read(recording).Video.ToList());
        var at = Enumerable.Range(0, got.Count).Where(i => got[i].IsKeyFrame).Reverse().ElementAt(1);
        return (await PictureAsync(clip, sent[at % sent.Count]), await PictureAsync(recording, got[at]));
    }

    private static async Task<GrayFrame> PictureAsync(string file, FlvRecording.Tag tag)
    {
        var start = FlvRecording.Read(file).Tags.Where(t => t is { Kind: not MediaKind.Data, IsSequenceHeader: false }).Min(t => t.Pts);
        return (await GrayFrame.ReadAsync(file, (tag.Pts - start - 1) / 1000.0, 0.1))[0];
    }
}
