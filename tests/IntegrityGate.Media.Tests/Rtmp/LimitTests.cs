using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Strangers at every stage: each is closed by the limit that is meant for it, and a good stream beside them is not touched.</summary>
[Collection(nameof(LimitTests))]
public sealed class LimitTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly BreachCounter _breaches = new();

    public void Dispose() => _breaches.Dispose();

    [Fact]
    public async Task Half_open_handshakes_are_closed_and_a_stream_beside_them_loses_nothing()
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { IdleTimeout = TimeSpan.FromHours(1), MinPublishBytesPerSecond = 0 }, _time);
        using var good = await ScriptedPeer.PublishAsync(host.Port);
        var publication = await host.Application.NextAsync();
        var strangers = new List<ScriptedPeer>();
        for (var i = 0; i < 200; i++)
        {
            strangers.Add(await ScriptedPeer.ConnectAsync(host.Port));
            if (i % 2 == 0)
                await strangers[i].SendAsync(new byte[] { 3, 0, 0 });
        }

        await Eventually.IsTrue(() => host.Server.Connections == 201, "all are connected");
        for (var second = 0; second < 11; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await good.MessageAsync(MessageType.Video, 1, second * 1000, [0x27, 1, 0, 0, 0, (byte)second]);
            Assert.Equal(second, (await publication.NextAsync()).Payload[5]);
        }

        foreach (var stranger in strangers)
        {
            Assert.Null(await stranger.ReadAsync());
            stranger.Dispose();
        }

        await Eventually.IsTrue(() => host.Server.Connections == 1, "only the good one is left");
        Assert.Equal(200, _breaches[nameof(IngestLimits.HandshakeTimeout)]);
    }

    [Fact]
    public async Task A_peer_that_connects_and_never_publishes_is_closed()
    {
        await using var host = await TestHost.StartAsync(time: _time);
        using var peer = await ScriptedPeer.OpenAsync(host.Port);
        await AdvanceToEndAsync(peer, 16 + 1);
        Assert.Equal(1, _breaches[nameof(IngestLimits.CommandTimeout)]);
    }

    [Fact]
    public async Task The_applications_own_time_is_not_held_against_the_peer()
    {
        await using var host = await TestHost.StartAsync(time: _time);
        var gate = new TaskCompletionSource<PublishAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Application.OnPublish = (_, _) => new ValueTask<PublishAnswer>(gate.Task);
        using var peer = await ScriptedPeer.OpenAsync(host.Port);
        await peer.CommandAsync("publish", 3, 1, AmfNull.Value, "key");
        await Eventually.IsTrue(() => host.Application.Requests.Count == 1, "the application was asked");
        for (var i = 0; i < 60; i++)
            _time.Advance(TimeSpan.FromSeconds(1));
        gate.SetResult(new PublishAnswer.Accepted(new TestPublication()));
        await peer.UntilAsync("onStatus");
        Assert.Equal(0, _breaches[nameof(IngestLimits.CommandTimeout)]);
    }

    [Fact]
    public async Task A_silent_publisher_is_told_and_closed()
    {
        await using var host = await TestHost.StartAsync(time: _time);
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        var publication = await host.Application.NextAsync();
        await AdvanceToEndAsync(peer, 11 + 1, RtmpStatus.PublishIdle);
        Assert.Equal(GateFault.PublisherIdle, (await publication.Completed).Fault);
        Assert.Equal(1, _breaches[nameof(IngestLimits.IdleTimeout)]);
    }

    [Fact]
    public async Task A_trickling_publisher_is_closed_by_its_rate()
    {
        await using var host = await TestHost.StartAsync(time: _time);
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        var publication = await host.Application.NextAsync();
        var completed = publication.Completed;
        for (var second = 0; publication.Completions == 0 && !completed.IsCompleted; second++)
        {
            // A second in which the session was still at its work does not count, so the number of seconds is not fixed.
            await peer.MessageAsync(MessageType.Audio, 1, second, [0xAF, 1]);
            await Task.WhenAny(publication.NextAsync(), completed);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(GateFault.PublisherLimit, (await completed).Fault);
        Assert.Equal(1, _breaches[nameof(IngestLimits.MinPublishBytesPerSecond)]);
    }

    [Fact]
    public async Task Back_pressure_of_the_application_is_not_the_publishers_silence()
    {
        await using var host = await TestHost.StartAsync(time: _time);
        var publication = new TestPublication(capacity: 1);
        host.Application.OnPublish = (_, _) => ValueTask.FromResult<PublishAnswer>(new PublishAnswer.Accepted(publication));
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        for (var i = 0; i < 4; i++)
            await peer.MessageAsync(MessageType.Audio, 1, i, new byte[100]);
        await Eventually.IsTrue(() => publication.Offered == 2 && host.Pool.Rented == 1, "the second packet waits");
        for (var i = 0; i < 60; i++)
            _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 4; i++)
            Assert.Equal(i, (await publication.NextAsync()).Dts);
        Assert.False(publication.Completed.IsCompleted);
    }

    [Fact]
    public async Task A_player_that_answers_no_ping_is_closed()
    {
        await using var host = await TestHost.StartAsync(time: _time);
        host.Application.OnPlay = _ => new PlayAnswer.Accepted(new TestPlayback());
        using var mute = await PlayAsync(host);
        await AdvanceUntilAsync(UntilPingAsync(mute));
        var closed = mute.ToEndAsync();
        await AdvanceUntilAsync(closed);
        Assert.Empty(await closed);
        Assert.Equal(1, _breaches[nameof(IngestLimits.PingTimeout)]);
    }

    [Fact]
    public async Task A_player_that_never_reads_holds_no_more_than_the_pipes_and_is_cut()
    {
        await using var host = await TestHost.StartAsync(time: _time);
        var playback = new TestPlayback();
        host.Application.OnPlay = _ => new PlayAnswer.Accepted(playback);
        using var peer = await PlayAsync(host);
        const int packets = 2000;
        const int size = 20_000;
        var pool = new PacketPool();
        for (var i = 0; i < packets; i++)
            playback.Put(pool.Copy(MediaKind.Video, new MediaTime(i), new byte[size]));
        var taken = -1;
        while (taken != playback.Taken || taken == 0)
        {
            // Until it stands still: the kernel's socket buffers (a few MiB at most) and the pipe are full.
            taken = playback.Taken;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        Assert.InRange((long)taken * size, 1, 20_000_000);
        var rented = pool.Rented; // before the count of those taken, which may still grow
        Assert.True(rented >= packets - playback.Taken, "what was not taken waits in the queue, which is the application's");
        await Eventually.IsTrue(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return host.Server.Connections == 0;
            },
            "the player is cut");
        await playback.Disposed;
        Assert.Equal(0, pool.Rented);
        Assert.Equal(1, _breaches[nameof(IngestLimits.SendTimeout)]);
    }

    public static TheoryData<string, byte[]> Breaches => new()
    {
        { nameof(IngestLimits.MaxMessageBytes), Wire.Full(6, 0, 11 * 1024 * 1024, MessageType.Video, 1) },
        { nameof(IngestLimits.MaxCommandBytes), Wire.Full(7, 0, 70_000, MessageType.CommandAmf0, 1) },
        { nameof(IngestLimits.MaxInboundChunkSize), Wire.Full(2, 0, 4, MessageType.SetChunkSize, 0, 0x7F, 0, 0, 0) },
        { nameof(IngestLimits.MaxChunkStreams), [.. Enumerable.Range(1000, 70).SelectMany(id => Wire.Full(id, 0, 0, MessageType.Audio, 1))] },
        {
            nameof(IngestLimits.MaxPartialBytesPerConnection),
            [.. Enumerable.Range(1000, 3).SelectMany(id => Wire.Full(id, 0, 10_000_000, MessageType.Video, 1, new byte[128]))]
        },
        { nameof(IngestLimits.AmfMaxDepth), Command([.. Enumerable.Repeat<byte[]>([3, 0, 1, 97], 40).SelectMany(part => part)]) },
        { nameof(IngestLimits.AmfMaxItems), Command([0x0A, 0, 0, 0x40, 0, .. Enumerable.Repeat((byte)5, 0x4000)]) },
        { nameof(IngestLimits.AmfMaxStringBytes), Command([0x0C, 0, 1, 0, 0, .. new byte[60_000]]) },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task Each_limit_is_counted_by_name_and_closes_only_the_one_that_broke_it(string limit, byte[] bytes)
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { CloseLinger = TimeSpan.Zero });
        using var good = await ScriptedPeer.PublishAsync(host.Port, "good");
        var goodOne = await host.Application.NextAsync();
        using var bad = await ScriptedPeer.PublishAsync(host.Port, "bad");
        var badOne = await host.Application.NextAsync();
        await bad.SendAsync(bytes);
        Assert.Equal(GateFault.PublisherLimit, (await badOne.Completed).Fault);
        await bad.ToEndAsync();
        Assert.Equal(1, _breaches[limit]);
        await good.MessageAsync(MessageType.Video, 1, 0, [0x27]);
        Assert.Equal([0x27], (await goodOne.NextAsync()).Payload);
        await Eventually.IsTrue(() => host.Pool.Rented == 0, "nothing is held");
    }

    [Fact]
    public async Task A_stranger_before_publish_can_hold_no_memory()
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.OpenAsync(host.Port);
        await peer.SendAsync((byte[])[.. Enumerable.Range(1000, 50).SelectMany(id => Wire.Full(id, 0, 0xFFFFFF, MessageType.Video, 1, new byte[128]))]);
        await peer.CommandAsync("releaseStream", 9, AmfNull.Value);
        await peer.UntilAsync("_result"); // all was read by now; the command itself is given back after its answer
        await Eventually.IsTrue(() => host.Pool.Rented == 0, "nothing is held");
    }

    [Fact]
    public async Task Connections_of_one_address_are_counted()
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { MaxConnectionsPerAddress = 2 });
        var first = await ScriptedPeer.OpenAsync(host.Port);
        using var second = await ScriptedPeer.OpenAsync(host.Port);
        await ScriptedPeer.BeTurnedAwayAsync(host.Port);
        await Eventually.IsTrue(() => _breaches[nameof(IngestLimits.MaxConnectionsPerAddress)] > 0, "it was counted");
        Assert.Equal(1, _breaches[nameof(IngestLimits.MaxConnectionsPerAddress)]);
        first.Dispose();
        await Eventually.IsTrue(() => host.Server.Connections == 1, "the first has left");
        using var fourth = await ScriptedPeer.OpenAsync(host.Port);
    }

    [Fact]
    public async Task Publishes_are_spread()
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { MaxPublishesPerSecond = 1, CloseLinger = TimeSpan.Zero }, _time);
        using var first = await ScriptedPeer.PublishAsync(host.Port);
        using var second = await ScriptedPeer.PublishAsync(host.Port);
        using var third = await ScriptedPeer.OpenAsync(host.Port);
        await third.CommandAsync("publish", 3, 1, AmfNull.Value, "key");
        Assert.Equal(RtmpStatus.PublishDenied, Assert.Single(await third.ToEndAsync()).Code);
        Assert.Equal(1, _breaches[nameof(IngestLimits.MaxPublishesPerSecond)]);
        _time.Advance(TimeSpan.FromSeconds(1));
        using var fourth = await ScriptedPeer.PublishAsync(host.Port);
        Assert.Equal(3, host.Application.Requests.Count);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001 a TLS hello")]
    [InlineData("\u0006 RTMPE")]
    [InlineData("\0\0\0\0")]
    public async Task What_is_no_RTMP_is_closed_at_its_first_byte(string garbage)
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await peer.SendAsync(System.Text.Encoding.Latin1.GetBytes(garbage));
        Assert.Null(await peer.ReadAsync());
    }

    [Fact]
    public async Task Garbage_behind_a_handshake_is_closed()
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { CloseLinger = TimeSpan.Zero });
        for (var seed = 0; seed < 50; seed++)
        {
            using var peer = await ScriptedPeer.ConnectAsync(host.Port);
            await peer.ShakeHandsAsync();
            var garbage = new byte[5000];
            new Random(seed).NextBytes(garbage);
            garbage[0] = 0xC9; // a repeated header on a stream that has none
            await peer.SendAsync(garbage);
            await peer.ToEndAsync();
        }

        await Eventually.IsTrue(() => host.Server.Connections == 0, "all are closed");
        Assert.Equal(0, host.Pool.Rented);
    }

    private static byte[] Command(byte[] value)
    {
        byte[] body = [.. Wire.Amf("someCall", 9.0), .. value];
        return [.. Wire.Full(2, 0, 4, MessageType.SetChunkSize, 0, 0, 2, 0, 0), .. Wire.Full(9, 0, Math.Min(body.Length, 65_000), MessageType.CommandAmf0, 0, body[..Math.Min(body.Length, 65_000)])];
    }

    private static async Task<ScriptedPeer> PlayAsync(TestHost host)
    {
        var peer = await ScriptedPeer.OpenAsync(host.Port);
        await peer.CommandAsync("play", 4, 1, AmfNull.Value, "key");
        while ((await peer.UntilAsync("onStatus")).Code != RtmpStatus.PlayStart)
        {
        }

        return peer;
    }

    private static async Task<ReadBack.Message> UntilPingAsync(ScriptedPeer peer)
    {
        while (true)
        {
            var message = await peer.UntilAsync(MessageType.UserControl);
            if (message.Body[1] == 6)
                return message;
        }
    }

    private async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, Task.Delay(2, TestContext.Current.CancellationToken));
        }
    }

    private async Task AdvanceToEndAsync(ScriptedPeer peer, int seconds, string code = RtmpStatus.ConnectClosed)
    {
        var closed = peer.ToEndAsync();
        for (var i = 0; i < seconds; i++)
            _time.Advance(TimeSpan.FromSeconds(1));

        // It lingers until the peer has had time to read why.
        await AdvanceUntilAsync(closed);
        Assert.Equal(code, Assert.Single(await closed).Code);
    }
}
