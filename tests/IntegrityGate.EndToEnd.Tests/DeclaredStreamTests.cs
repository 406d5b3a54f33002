using Grpc.Core;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Reporting.V1;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>A stream that says of itself that it is AI-generated and shows no label.</summary>
public sealed class DeclaredStreamTests
{
    [Fact]
    public async Task Carries_the_label_from_the_second_GOP_on_as_an_independent_reader_and_ruler_see_it()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\n");
        await using var feed = new FeedReader(gate.Grpc);
        var clip = await Clips.PlainAsync();

        await Publisher.PublishAsync(clip, gate.Rtmp + "/declared", declare: true);
        var recording = await nginx.RecordingAsync("declared");

        await DecodesCleanly(recording);
        SameFramesAndAudio(clip, recording);
        await LabelStands(recording, clip, fromSecond: 2.0, seconds: 10);

        var opened = await feed.FirstAsync("the incident", e => e is { Kind: ChangeKind.Opened, Incident.Violation: "label.missing" }, () => gate.Log);
        Assert.Equal(Tier.Confirmed, opened.Incident.Tier);
        Assert.Equal(VerdictBasis.Metadata, opened.Incident.Basis);
        Assert.Equal(Wire.Enforcement.Stamp, opened.Incident.Action);
        Assert.Equal("cn-2025.label.present", opened.Incident.Rule.Id);
        Assert.Contains("GB 45438-2025", opened.Incident.Rule.Clause, StringComparison.Ordinal);
        Assert.DoesNotContain("declared", opened.ToString(), StringComparison.Ordinal);
        await EvidenceIsAPicture(gate, opened.Incident.EvidenceIds[0]);
        await feed.FirstAsync("the incident's end", e => e.Kind == ChangeKind.Closed && e.Incident.Id == opened.Incident.Id, () => gate.Log);
    }

    [Fact]
    public async Task The_incident_is_on_the_feed_within_a_second_of_the_decision()
    {
        await using var gate = await GateProcess.StartAsync();
        await using var feed = new FeedReader(gate.Grpc);
        await using var publisher = Publisher.Start(await Clips.PlainAsync(), gate.Rtmp + "/quick", declare: true);

        await feed.FirstAsync("the incident", e => e.Kind == ChangeKind.Opened, () => gate.Log);
        var (_, opened, seen) = feed.Events[0];
        Assert.InRange(seen - opened.Incident.OpenedAt.ToDateTimeOffset(), TimeSpan.FromSeconds(-0.1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Players_of_the_upstream_get_a_conformant_AIGC_property()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\nplatform:\n  code: 001191110102MAD55U9H0F20000\n");
        await using var publisher = Publisher.Start(await Clips.PlainAsync(), gate.Rtmp + "/meta?aigc=1");

        var tag = await Eventually.GetAsync("AIGC in the metadata that nginx-rtmp gives its players", async () =>
        {
            var probe = await Tool.RunToEndAsync("ffprobe", "-v", "error", "-rw_timeout", "3000000", "-show_entries", "format_tags=AIGC", "-of", "default=nw=1:nk=1", nginx.Url + "/meta");
            return probe.Output.Contains("\"Label\"", StringComparison.Ordinal) ? probe.Output.Trim() : null;
        }, details: () => gate.Log);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(tag), 1, 1023);
        using var json = System.Text.Json.JsonDocument.Parse(tag);
        Assert.Equal("2", json.RootElement.GetProperty("Label").GetString());
        Assert.Equal("001191110102MAD55U9H0F20000", json.RootElement.GetProperty("ContentPropagator").GetString());
        Assert.Equal(7, json.RootElement.EnumerateObject().Count());
    }

    private static async Task DecodesCleanly(string recording)
    {
        var decode = await Tool.RunAsync("ffmpeg", "-v", "error", "-i", recording, "-f", "null", "-");
        Assert.Equal("", decode.Errors.Trim());
    }

    private static void SameFramesAndAudio(string clip, string recording)
    {
        var (sent, got) = (FlvRecording.Read(clip), FlvRecording.Read(recording));
        Assert.Equal(sent.Video.Count(), got.Video.Count());
        Assert.Equal(Relative(sent.Video), Relative(got.Video));
        Assert.Equal(sent.Audio.Select(t => t.Digest), got.Audio.Select(t => t.Digest));

        static IEnumerable<long> Relative(IEnumerable<FlvRecording.Tag> tags)
        {
            var sorted = tags.Select(t => t.Pts).Order().ToList();
            return sorted.Select(p => p - sorted[0]);
        }
    }

    private static async Task LabelStands(string recording, string clip, double fromSecond, double seconds)
    {
        var stamped = await GrayFrame.ReadAsync(recording, fromSecond, seconds);
        var published = await GrayFrame.ReadAsync(clip, fromSecond, seconds);
        Assert.Equal(published.Count, stamped.Count);
        for (var i = 0; i < stamped.Count; i += 15)
        {
            var label = PixelRuler.Measure(stamped[i], published[i]);
            Assert.True(label is not null, $"frame {i} after {fromSecond} s carries no label");
            Assert.True(label.GlyphHeights.Count >= 4, $"frame {i}: only {label.GlyphHeights.Count} glyphs stand out");
            // GB 45438-2025 5.4: 5 % of the shortest side, for the shortest glyph; one pixel is the ruler's own error.
            Assert.True(label.GlyphHeights.Min() >= (0.05 * 720) - 1, $"frame {i}: the shortest glyph is {label.GlyphHeights.Min()} px");
            Assert.True(label.Plate.Left > 1280 / 2 && label.Plate.Bottom < 720 / 3, $"frame {i}: the label stands at {label.Plate}");
            if (i % 60 == 0)
            {
                var text = await Tesseract.ReadAsync(stamped[i], label.Plate);
                Assert.Contains("AI", text, StringComparison.OrdinalIgnoreCase);
                Assert.Contains("生成", text, StringComparison.Ordinal);
            }
        }
    }

    private static async Task EvidenceIsAPicture(GateProcess gate, string id)
    {
        using var call = new ViolationFeed.ViolationFeedClient(gate.Grpc).GetEvidence(new GetEvidenceRequest { EvidenceId = id });
        var bytes = new List<byte>();
        EvidenceInfo? info = null;
        await foreach (var part in call.ResponseStream.ReadAllAsync())
        {
            info ??= part.Info;
            bytes.AddRange(part.Chunk);
        }

        Assert.Equal("image/jpeg", info!.ContentType);
        Assert.Equal((1280, 720), (info.Width, info.Height));
        Assert.Equal(info.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray())));
        Assert.Equal([0xFF, 0xD8], bytes[..2]);
    }
}
