using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Tests.Rtmp;
using IntegrityGate.Reporting.V1;
using Microsoft.Extensions.Time.Testing;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>A publisher whose connection breaks and who comes back.</summary>
public sealed class ReconnectTests
{
    [Fact]
    public async Task The_server_behind_sees_one_stream_and_the_label_stays_on_it()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\ncontinuity:\n  hold: 60s\n  keepAlive: 200ms\n");
        await using var feed = new FeedReader(gate.Grpc);
        var clip = await Clips.CornerAsync(seconds: 12);
        await using (var first = Publisher.Start(clip, gate.Rtmp + "/again", declare: true))
        {
            await AwaitAsync(gate, "stamped frames", s => s.Counters.StampedFrames > 30);
            first.Process.Kill();
            await AwaitAsync(gate, "the gate to wait", s => s.State == StreamState.Waiting);
        }

        await Publisher.PublishAsync(clip, gate.Rtmp + "/again", declare: true);
        var recording = FlvRecording.Read(await nginx.RecordingAsync("again"));

        var published = FlvRecording.Read(clip).Video.Select(t => t.Digest).ToHashSet();
        var untouched = recording.Video.Select(t => published.Contains(t.Digest)).ToList();
        var labelledFrom = untouched.IndexOf(false);
        Assert.True(labelledFrom > 0 && untouched.Skip(labelledFrom).All(u => !u), "once labelled, the stream stays so");
        Assert.True(untouched.Count > labelledFrom + 360, $"{untouched.Count} pictures");
        Assert.All(recording.Video.Zip(recording.Video.Skip(1)), pair => Assert.True(pair.Second.Dts > pair.First.Dts));
        var shown = recording.Video.Select(t => t.Pts).Order().ToList();
        // One frame after the other; at the seam those are missing that the cut connection kept, and sound or reordering may reach further.
        Assert.All(shown.Zip(shown.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 30, 300));
        Assert.Single(feed.Events, e => e.Event.Kind == ChangeKind.Opened);
        var decode = await Tool.RunAsync("ffmpeg", "-v", "error", "-i", await nginx.RecordingAsync("again"), "-f", "null", "-");
        Assert.Equal("", decode.Errors.Trim());
    }

    [Fact]
    public async Task A_server_that_drops_whoever_is_silent_for_five_seconds_keeps_the_stream()
    {
        var time = new FakeTimeProvider();
        await using var upstream = await TestHost.StartAsync(new IngestLimits { IdleTimeout = TimeSpan.FromSeconds(5), MinPublishBytesPerSecond = 0 }, time);
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {upstream.Target.TcUrl}\ninspection:\n  enabled: false\ncontinuity:\n  hold: 60s\n  keepAlive: 100ms\n");
        var clip = await Clips.CornerAsync(seconds: 5);
        TestPublication received;
        await using (var first = Publisher.Start(clip, gate.Rtmp + "/silent"))
        {
            received = await upstream.Application.NextAsync();
            await AwaitAsync(gate, "a second of media", s => s.MediaTime?.Seconds >= 1);
            first.Process.Kill();
            await AwaitAsync(gate, "the gate to wait", s => s.State == StreamState.Waiting);
        }

        var last = long.MinValue;
        for (var repeats = 0; repeats < 8;)
        {
            var packet = await received.NextAsync();
            Assert.True(packet.Dts >= last || packet.Kind == MediaKind.Audio, $"{packet.Kind} at {packet.Dts} after {last}");
            last = Math.Max(last, packet.Dts);
            if (packet.Kind != MediaKind.Data || packet.Dts == 0)
                continue;
            repeats++;
            time.Advance(TimeSpan.FromSeconds(2)); // sixteen seconds in all, by the server's clock
        }

        await Publisher.PublishAsync(clip, gate.Rtmp + "/silent");
        Assert.Equal(GateFault.PublisherEnded, (await received.Completed).Fault);
        Assert.Single(upstream.Application.Requests);
        var rest = await received.RestAsync();
        Assert.Equal(150, rest.Count(p => p.Kind == MediaKind.Video && !p.Traits.IsSequenceHeader && p.Dts > last - 40 && p.Payload.Length > 5));
    }

    [Fact]
    public async Task A_publisher_that_does_not_come_back_ends_the_stream()
    {
        await using var upstream = await TestHost.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {upstream.Target.TcUrl}\ninspection:\n  enabled: false\ncontinuity:\n  hold: 300ms\n");
        await using var publisher = Publisher.Start(await Clips.CornerAsync(seconds: 5), gate.Rtmp + "/gone");
        var received = await upstream.Application.NextAsync();
        await AwaitAsync(gate, "media", s => s.Counters.Packets > 10);
        publisher.Process.Kill();
        Assert.Equal(GateFault.PublisherEnded, (await received.Completed).Fault);
        await Eventually.TrueAsync("the stream to be gone", async () => (await ListAsync(gate)).Count == 0);
    }

    [Fact]
    public async Task A_second_publisher_takes_the_stream_over_in_one_piece_where_the_policy_says_so()
    {
        await using var upstream = await TestHost.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {upstream.Target.TcUrl}\ninspection:\n  enabled: false\npolicy:\n  duplicatePublisher: takeover\n");
        var clip = await Clips.CornerAsync(seconds: 5);
        await using var first = Publisher.Start(clip, gate.Rtmp + "/two", repeat: true);
        var received = await upstream.Application.NextAsync();
        await AwaitAsync(gate, "media", s => s.Counters.Packets > 10);
        await Publisher.PublishAsync(clip, gate.Rtmp + "/two");
        await Eventually.TrueAsync("the first one to be sent away", () => first.Process.HasExited, details: () => gate.Log);
        Assert.Equal(GateFault.PublisherEnded, (await received.Completed).Fault);
        Assert.Single(upstream.Application.Requests);
        var times = (await received.RestAsync()).Where(p => p.Kind == MediaKind.Video && p.Payload.Length > 5).Select(p => p.Dts).ToList();
        Assert.Equal(times.Order(), times);
        Assert.True(times.Count > 150, $"{times.Count} pictures");
    }

    private static Task AwaitAsync(GateProcess gate, string what, Func<Wire.Stream, bool> reached) =>
        Eventually.TrueAsync(what, async () => (await ListAsync(gate)).Any(reached), details: () => gate.Log);

    private static async Task<IReadOnlyList<Wire.Stream>> ListAsync(GateProcess gate) =>
        [.. (await new Wire.Streams.StreamsClient(gate.Grpc).ListAsync(new ListStreamsRequest())).Streams];
}
