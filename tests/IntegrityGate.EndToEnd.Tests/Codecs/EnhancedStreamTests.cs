using IntegrityGate.Core.Packets;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Tests.Codecs;
using IntegrityGate.Media.Tests.Rtmp;
using IntegrityGate.Reporting.V1;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests.Codecs;

/// <summary>HEVC and AV1 through the whole gate: looked at, stamped while they declare themselves, and as they came before and after.</summary>
public sealed class EnhancedStreamTests
{
    private const string Hevc = "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=30:min-keyint=30:scenecut=0:open-gop=0:bframes=2";
    private const string Av1 = "-c:v libsvtav1 -preset 12 -g 30 -svtav1-params scd=0";

    [Theory]
    [InlineData(false, TagStyle.CodedFrames)]
    [InlineData(false, TagStyle.Legacy)]
    [InlineData(true, TagStyle.CodedFrames)]
    public async Task A_stream_that_declares_itself_carries_the_label_until_it_no_longer_does(bool isAv1, TagStyle style)
    {
        using var folder = new TempFolder();
        await using var upstream = await TestHost.StartAsync(new IngestLimits { IdleTimeout = TimeSpan.FromMinutes(10) });
        await using var gate = await GateProcess.StartAsync(Settings(upstream));
        await using var feed = new FeedReader(gate.Grpc);
        var clip = await EnhancedPublisher.ClipAsync(folder, isAv1 ? Av1 : Hevc, isAv1, seconds: 10);
        var messages = TestMuxer.Messages(clip, isAv1 ? "av01" : "hvc1", style).ToList();
        var received = new List<TestPublication.Received>();
        Task recording;
        await using (var publisher = await EnhancedPublisher.StartAsync(gate, "turns"))
        {
            recording = RecordAsync(await upstream.Application.NextAsync(), received);
            await publisher.DeclareAsync(0, aigc: null);
            await publisher.SendAsync(messages.Where(m => m.Dts < 2000), () => Newest(received), () => gate.Log);
            await publisher.DeclareAsync(2000, Publisher.Declaration);
            for (var second = 2; second < 7; second++)
            {
                // A stamp needs looks that find no label, and looks need time: no faster than they come.
                await publisher.SendAsync(messages.Where(m => m.Dts / 1000 == second), () => Newest(received), () => gate.Log);
                await Eventually.TrueAsync("a look or a stamp", async () => await StreamAsync(gate) is var stream && (stream.SpliceState != SpliceState.Passing || stream.LastInspected?.Seconds >= second), seconds: 120, details: () => gate.Log);
            }

            await publisher.DeclareAsync(7000, aigc: null);
            await Eventually.TrueAsync("the end of the verdict", async () => (await StreamAsync(gate)).Tier == Tier.None, seconds: 120, details: () => gate.Log);
            await publisher.SendAsync(messages.Where(m => m.Dts >= 7000), () => Newest(received), () => gate.Log);
        }

        await recording;
        var sent = messages.Where(m => m.IsVideo).Select(m => ReceivedStream.Parse(m.Dts, m.Payload)).ToList();
        var got = received.Where(p => p.Kind == MediaKind.Video).Select(p => ReceivedStream.Parse(p.Dts, p.Payload)).ToList();
        var (first, last) = StampedStretch(sent, got);
        MessagesStand(messages, received, sent, got, first, last);
        await LabelStandsAsync(folder, sent, got, isAv1, first, last);
        Assert.All(got, message => Assert.Equal(style, message.Style));
        Assert.DoesNotContain(feed.Events, e => e.Event.Incident.Violation == "stamp.impossible");
    }

    [Fact]
    public async Task A_further_track_is_passed_on_and_reported()
    {
        using var folder = new TempFolder();
        await using var upstream = await TestHost.StartAsync(new IngestLimits { IdleTimeout = TimeSpan.FromMinutes(10) });
        await using var gate = await GateProcess.StartAsync(Settings(upstream));
        await using var feed = new FeedReader(gate.Grpc);
        var clip = await EnhancedPublisher.ClipAsync(folder, Hevc, isAv1: false, seconds: 2);
        byte[] second = [0xA6, 1, .. "hvc1"u8, 1, 0, 0, 0, 0, 0, 0, 1, 2];
        var messages = TestMuxer.Messages(clip, "hvc1", TagStyle.TrackZero).SelectMany(m => m.IsVideo && m.Dts > 0 ? [m, (true, m.Dts, second)] : (IEnumerable<(bool, long, byte[])>)[m]).ToList();
        var received = new List<TestPublication.Received>();
        await using var publisher = await EnhancedPublisher.StartAsync(gate, "tracks");
        _ = RecordAsync(await upstream.Application.NextAsync(), received);
        await publisher.SendAsync(messages, () => Newest(received), () => gate.Log);
        await feed.FirstAsync("the gap", e => e is { Kind: ChangeKind.Opened, Incident.Violation: "inspection.gap" }, () => gate.Log);
        await Eventually.TrueAsync("the second track at the upstream", () => Copy(received).Any(p => p.Payload.AsSpan().SequenceEqual(second)), seconds: 120, details: () => gate.Log);
        await Eventually.TrueAsync("a look at the first", async () => (await StreamAsync(gate)).LastInspected is not null, seconds: 120, details: () => gate.Log);
    }

    [Fact]
    public async Task A_codec_that_the_upstream_does_not_name_ends_the_stream_with_the_reason()
    {
        await using var upstream = await TestHost.StartAsync(new IngestLimits { IdleTimeout = TimeSpan.FromMinutes(10) });
        upstream.Application.Capabilities = RtmpCapabilities.Read(new AmfObject { { "fourCcList", new AmfArray(["hvc1"]) } });
        await using var gate = await GateProcess.StartAsync(Settings(upstream));
        await using var publisher = await EnhancedPublisher.StartAsync(gate, "refused");
        await publisher.SendAsync([(true, 0, [0x90, .. "av01"u8, 0x81, 0, 0x0C, 0])], () => 0, () => gate.Log);
        var closing = await publisher.Completion.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("av01", closing.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Deadlines by the wall clock far beyond what a busy machine needs: the publisher waits for its receiver in any case.</summary>
    private static string Settings(TestHost upstream) => $"""
        upstream:
          url: {upstream.Url("")}
        rtmp:
          limits:
            idleTimeout: 10m
        inspection:
          decodeTimeout: 1m
        stamp:
          maxLag: 30s

        """;

    private static async Task<Wire.Stream> StreamAsync(GateProcess gate) =>
        (await new Wire.Streams.StreamsClient(gate.Grpc).ListAsync(new ListStreamsRequest())).Streams.SingleOrDefault() ?? throw new InvalidOperationException("The stream is over:\n" + gate.Log);

    private static async Task RecordAsync(TestPublication publication, List<TestPublication.Received> received)
    {
        try
        {
            while (true)
            {
                var packet = await publication.NextAsync();
                lock (received)
                    received.Add(packet);
            }
        }
        catch (Exception exception) when (exception is System.Threading.Channels.ChannelClosedException or TimeoutException or OperationCanceledException)
        {
            // The stream is over, or the test is.
        }
    }

    private static List<TestPublication.Received> Copy(List<TestPublication.Received> received)
    {
        lock (received)
            return [.. received];
    }

    private static long Newest(List<TestPublication.Received> received) => Copy(received).LastOrDefault(p => p.Kind == MediaKind.Video)?.Dts ?? 0;

    /// <summary>The stretch of pictures that are not the publisher's bytes: whole GOPs, and one stretch of them.</summary>
    private static (long First, long Last) StampedStretch(List<ReceivedStream.Message> sent, List<ReceivedStream.Message> got)
    {
        var published = sent.Where(m => !m.IsConfiguration).ToDictionary(m => m.Pts, m => m.Data);
        // A returning key frame may have its parameter sets in front.
        var stamped = got.Where(m => !m.IsConfiguration && !m.Data.AsSpan().EndsWith(published[m.Pts].AsSpan()[^Math.Min(40, published[m.Pts].Length)..])).Select(m => m.Pts).ToList();
        Assert.NotEmpty(stamped);
        var (first, last) = (stamped.Min(), stamped.Max());
        Assert.Equal(sent.Count(m => !m.IsConfiguration && m.Pts >= first && m.Pts <= last), stamped.Count);
        Assert.Contains(sent, m => m is { IsKey: true, IsConfiguration: false } && m.Pts == first);
        Assert.Contains(sent, m => m is { IsKey: true, IsConfiguration: false } && m.Pts == sent.Where(s => !s.IsConfiguration && s.Pts > last).Min(s => s.Pts));
        Assert.InRange(first, 3000, 6100);
        Assert.InRange(last, 6500, 8500);
        return (first, last);
    }

    private static void MessagesStand(
        List<(bool IsVideo, long Dts, byte[] Payload)> messages, List<TestPublication.Received> received, List<ReceivedStream.Message> sent, List<ReceivedStream.Message> got, long first, long last)
    {
        Assert.Equal(
            messages.Where(m => !m.IsVideo).Select(m => (m.Dts, Convert.ToHexString(m.Payload))), received.Where(p => p.Kind == MediaKind.Audio).Select(p => (p.Dts, Convert.ToHexString(p.Payload))));
        Assert.Equal(sent.Where(m => !m.IsConfiguration).Select(m => m.Dts), got.Where(m => !m.IsConfiguration).Select(m => m.Dts));
        Assert.Equal(sent.Where(m => !m.IsConfiguration).Select(m => m.Pts).Order(), got.Where(m => !m.IsConfiguration).Select(m => m.Pts).Order());
        var dts = received.Where(p => p.Kind != MediaKind.Data).Select(p => p.Dts).ToList();
        Assert.Equal(dts.Order(), dts);
        Assert.Equal(3, got.Count(m => m.IsConfiguration)); // the publisher's, the encoder's, the publisher's
        var before = sent.ToLookup(m => m.Pts);
        var returning = got.First(m => !m.IsConfiguration && m.IsKey && m.Pts > last);
        Assert.All(got.Where(m => !m.IsConfiguration && (m.Pts < first || m.Pts > last) && m != returning), m => Assert.Contains(before[m.Pts], s => s.Data.AsSpan().SequenceEqual(m.Data)));
    }

    private static async Task LabelStandsAsync(TempFolder folder, List<ReceivedStream.Message> sent, List<ReceivedStream.Message> got, bool isAv1, long first, long last)
    {
        var (published, stamped) = (await DecodeAsync(folder, "sent", sent, isAv1), await DecodeAsync(folder, "got", got, isAv1));
        var times = sent.Where(m => !m.IsConfiguration).Select(m => m.Pts).Order().ToList();
        Assert.Equal((times.Count, times.Count), (published.Count, stamped.Count));
        for (var i = 0; i < times.Count; i++)
        {
            if (times[i] < first || times[i] > last)
            {
                Assert.True(published[i].Luma.AsSpan().SequenceEqual(stamped[i].Luma), $"picture at {times[i]} ms differs");
                continue;
            }

            if (i % 15 != 0)
                continue;
            var label = PixelRuler.Measure(stamped[i].Top(), published[i].Top()); // the clip moves in the lower half
            Assert.True(label is not null, $"picture at {times[i]} ms carries no label");
            // GB 45438-2025 5.4: 5 % of the shortest side, for the shortest glyph; one pixel is the ruler's own error.
            Assert.True(label.GlyphHeights.Count >= 4 && label.GlyphHeights.Min() >= (0.05 * 540) - 1, $"picture at {times[i]} ms: glyphs of {string.Join(", ", label.GlyphHeights)} px");
            if (i % 60 != 0)
                continue;
            var text = await Tesseract.ReadAsync(stamped[i], label.Plate);
            Assert.Contains("AI", text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("生成", text, StringComparison.Ordinal);
        }
    }

    private static async Task<IReadOnlyList<GrayFrame>> DecodeAsync(TempFolder folder, string name, List<ReceivedStream.Message> messages, bool isAv1)
    {
        var path = folder.In(name + (isAv1 ? ".ivf" : ".hevc"));
        await File.WriteAllBytesAsync(path, ReceivedStream.Elementary(messages, isAv1, readsHeaders: true));
        return await GrayFrame.ReadAsync(path, 0, 3600, 960, 540);
    }
}
