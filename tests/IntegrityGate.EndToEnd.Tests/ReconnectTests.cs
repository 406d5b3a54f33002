using IntegrityGate.Access;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Tests.Rtmp;
using IntegrityGate.Reporting.V1;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>A publisher whose connection breaks and who comes back.</summary>
public sealed class ReconnectTests
{
    [Fact]
    public async Task The_server_behind_sees_one_stream_and_the_label_stays_on_it()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\ncontinuity:\n  hold: 10m\n  keepAlive: 200ms\nstamp:\n  preset: ultrafast\n  maxLag: 30s\n");
        await using var feed = new FeedReader(gate.Grpc);
        var clip = await Clips.CornerAsync(seconds: 12);
        await using (var first = Publisher.Start(clip, gate.Rtmp + "/again", declare: true, repeat: true))
        {
            await gate.StreamAsync("stamped frames", s => s.Counters.StampedFrames > 30, seconds: 120);
            first.Process.Kill();
            await gate.StreamAsync("the gate to wait", s => s.State == StreamState.Waiting);
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
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {upstream.Target.TcUrl}\ninspection:\n  enabled: false\ncontinuity:\n  hold: 10m\n  keepAlive: 100ms\n");
        var clip = await Clips.CornerAsync(seconds: 5);
        TestPublication received;
        await using (var first = Publisher.Start(clip, gate.Rtmp + "/silent", repeat: true))
        {
            received = await upstream.Application.NextAsync();
            await gate.StreamAsync("a second of media", s => s.MediaTime?.Seconds >= 1);
            first.Process.Kill();
            await gate.StreamAsync("the gate to wait", s => s.State == StreamState.Waiting);
        }

        // Sixteen seconds in all by the server's clock, and something is received in every two of them.
        for (var step = 0; step < 8; step++)
        {
            var seen = received.Offered;
            time.Advance(TimeSpan.FromSeconds(2));
            await Eventually.TrueAsync("the metadata to be repeated", () => received.Offered > seen, details: () => gate.Log);
        }

        await Publisher.PublishAsync(clip, gate.Rtmp + "/silent");
        Assert.Equal(GateFault.PublisherEnded, (await received.Completed).Fault);
        Assert.Single(upstream.Application.Requests);
        var all = await received.RestAsync();
        var held = all.Where(p => p.Kind == MediaKind.Data).Select(p => p.Dts).Where(dts => dts > 0).ToList();
        Assert.True(held.Count >= 8 && held.Distinct().Count() == 1, "the repeats stand where the stream stopped");
        var pictures = all.Where(p => p.Kind == MediaKind.Video && !p.Traits.IsSequenceHeader && p.Payload.Length > 5).Select(p => p.Dts).ToList();
        Assert.Equal(150, pictures.Count(dts => dts >= held[0]));
        Assert.All(pictures.Zip(pictures.Skip(1)), pair => Assert.True(pair.Second > pair.First));
    }

    [Fact]
    public async Task A_publisher_that_does_not_come_back_ends_the_stream()
    {
        await using var upstream = await TestHost.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {upstream.Target.TcUrl}\ninspection:\n  enabled: false\ncontinuity:\n  hold: 300ms\n");
        await using var publisher = Publisher.Start(await Clips.CornerAsync(seconds: 5), gate.Rtmp + "/gone", repeat: true);
        var received = await upstream.Application.NextAsync();
        await gate.StreamAsync("media", s => s.Counters.Packets > 10);
        publisher.Process.Kill();
        Assert.Equal(GateFault.PublisherEnded, (await received.Completed).Fault);
        await Eventually.TrueAsync("the stream to be gone", async () => (await gate.StreamsAsync()).Count == 0);
    }

    [Fact]
    public async Task A_second_publisher_takes_the_stream_over_in_one_piece_where_the_policy_says_so()
    {
        await using var upstream = await TestHost.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {upstream.Target.TcUrl}\ninspection:\n  enabled: false\npolicy:\n  duplicatePublisher: takeover\n");
        var clip = await Clips.CornerAsync(seconds: 5);
        await using var first = Publisher.Start(clip, gate.Rtmp + "/two", repeat: true);
        var received = await upstream.Application.NextAsync();
        await gate.StreamAsync("media", s => s.Counters.Packets > 10);
        await Publisher.PublishAsync(clip, gate.Rtmp + "/two");
        await Eventually.TrueAsync("the first one to be sent away", () => first.Process.HasExited, details: () => gate.Log);
        Assert.Equal(GateFault.PublisherEnded, (await received.Completed).Fault);
        Assert.Single(upstream.Application.Requests);
        var times = (await received.RestAsync()).Where(p => p.Kind == MediaKind.Video && p.Payload.Length > 5).Select(p => p.Dts).ToList();
        Assert.Equal(times.Order(), times);
        Assert.True(times.Count > 150, $"{times.Count} pictures");
    }

    [Fact]
    public async Task A_returning_publisher_is_asked_for_its_key_again_and_a_player_sees_one_stream()
    {
        await using var gate = await GateProcess.StartAsync(
            $"inspection:\n  enabled: false\ncontinuity:\n  hold: 5m\naccess:\n  keys:\n    - app: live\n      hash: {KeyHash.Create("right", KeyHash.MinIterations).Text}\n");
        var clip = await Clips.CornerAsync(seconds: 5);
        var file = gate.Folder.In("played.flv");
        Task played;
        await using (var first = Publisher.Start(clip, gate.Rtmp + "/guarded?key=right", repeat: true))
        {
            await gate.StreamAsync("media", s => s.Counters.Packets > 10);
            played = PlayAsync(gate, file);
            await gate.StreamAsync("the player, and a second of media", s => s.Viewers == 1 && s.MediaTime?.Seconds >= 1);
            first.Process.Kill();
            await gate.StreamAsync("the gate to wait", s => s.State == StreamState.Waiting);
        }

        var refused = await Assert.ThrowsAsync<RtmpRefusedException>(() => RtmpClient.PublishAsync(
            RtmpTarget.Parse(gate.Rtmp), new RtmpClientOptions { Key = new StreamKey("guarded?key=wrong") }, new PacketPool(), TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken));
        Assert.Equal(RtmpStatus.PublishDenied, refused.Code);
        Assert.Equal(StreamState.Waiting, Assert.Single(await gate.StreamsAsync()).State);
        Assert.Contains("\"waiting\":true", await gate.Http.GetStringAsync("api/streams"), StringComparison.Ordinal);
        Assert.False(played.IsCompleted);

        await Publisher.PublishAsync(clip, gate.Rtmp + "/guarded?key=right");
        await played.WaitAsync(TimeSpan.FromMinutes(2));
        var seen = FlvRecording.Read(file).Video.Select(t => t.Dts).ToList();
        Assert.True(seen.Count > 150 + 30, $"{seen.Count} pictures, of which the second turn alone has 150");
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, 300));
        Assert.Contains("""integritygate_publish_waits_total{otel_scope_name="IntegrityGate",outcome="held"} 1""", await gate.Http.GetStringAsync("metrics"), StringComparison.Ordinal);
    }

    private static async Task PlayAsync(GateProcess gate, string path)
    {
        await using var output = File.Create(path);
        await using var stream = await gate.Http.GetStreamAsync("live/guarded.flv");
        await stream.CopyToAsync(output);
    }
}
