using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>What happens to connections when Kestrel stops.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task An_enhanced_publisher_is_asked_to_move_and_has_its_grace()
    {
        var time = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(time: time);
        using var peer = await ScriptedPeer.PublishAsync(host.Port, properties: new AmfObject { { "app", "live" }, { "capsEx", 1.0 } });
        var publication = await host.Application.NextAsync();
        using var patience = new CancellationTokenSource(ScriptedPeer.Patience);
        var stopping = host.StopAsync(patience.Token);
        var asked = await peer.UntilAsync("onStatus");
        Assert.Equal((RtmpStatus.ReconnectRequest, 0u, 0.0), (asked.Code, asked.Stream, asked.Transaction));

        // It may still send up to its next keyframe, and leaves by itself.
        await peer.MessageAsync(MessageType.Video, 1, 40, [0x27]);
        Assert.Equal([0x27], (await publication.NextAsync()).Payload);
        peer.Dispose();
        await stopping;
        Assert.False(patience.IsCancellationRequested);
        Assert.Equal(GateFault.PublisherDisconnected, (await publication.Completed).Fault);
    }

    [Fact]
    public async Task A_legacy_publisher_is_told_and_closed_when_the_grace_is_over()
    {
        var time = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(time: time);
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        var publication = await host.Application.NextAsync();
        var said = await StopAsync(host, time, peer);
        Assert.Equal([RtmpStatus.UnpublishSuccess, RtmpStatus.ConnectClosed], said.Select(command => command.Code));
        Assert.Equal(GateFault.GateShutdown, (await publication.Completed).Fault);
    }

    [Fact]
    public async Task An_enhanced_publisher_is_told_where_to_go()
    {
        await using var host = await TestHost.StartAsync(time: new FakeTimeProvider(), reconnect: new ReconnectAdvice("rtmp://other.example/live"));
        using var peer = await ScriptedPeer.PublishAsync(host.Port, properties: new AmfObject { { "app", "live" }, { "capsEx", 1.0 } });
        using var patience = new CancellationTokenSource(ScriptedPeer.Patience);
        var stopping = host.StopAsync(patience.Token);
        var asked = await peer.UntilAsync("onStatus");
        Assert.Equal((RtmpStatus.ReconnectRequest, "rtmp://other.example/live"), (asked.Code, asked.Information.Text("tcUrl")));
        peer.Dispose();
        await stopping;
    }

    [Fact]
    public async Task A_player_is_told_that_playing_stops()
    {
        var time = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(time: time);
        host.Application.OnPlay = _ => new PlayAnswer.Accepted(new TestPlayback());
        using var peer = await ScriptedPeer.OpenAsync(host.Port);
        await peer.CommandAsync("play", 4, 1, AmfNull.Value, "key");
        while ((await peer.UntilAsync("onStatus")).Code != RtmpStatus.PlayStart)
        {
        }

        var said = await StopAsync(host, time, peer);
        Assert.Equal([RtmpStatus.PlayStop, RtmpStatus.ConnectClosed], said.Select(command => command.Code));
    }

    [Fact]
    public async Task Peers_that_have_not_begun_are_closed_at_once()
    {
        var time = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(new IngestLimits { CloseLinger = TimeSpan.Zero }, time);
        using var silent = await ScriptedPeer.ConnectAsync(host.Port);
        using var connected = await ScriptedPeer.OpenAsync(host.Port);
        using var patience = new CancellationTokenSource(ScriptedPeer.Patience);
        await Eventually.IsTrue(() => host.Server.Connections == 2, "both are in");
        await host.StopAsync(patience.Token);
        Assert.False(patience.IsCancellationRequested);
        Assert.Null(await silent.ReadAsync());
        Assert.Equal(RtmpStatus.ConnectClosed, Assert.Single(await connected.ToEndAsync()).Code);
    }

    /// <summary>Stops the host while its clock runs on; gives what the peer was told up to the end.</summary>
    private static async Task<IReadOnlyList<ScriptedPeer.Command>> StopAsync(TestHost host, FakeTimeProvider time, ScriptedPeer peer)
    {
        using var patience = new CancellationTokenSource(ScriptedPeer.Patience);
        var stopping = host.StopAsync(patience.Token);
        var said = peer.ToEndAsync();
        while (!stopping.IsCompleted)
        {
            await Task.WhenAny(stopping, Task.Delay(5, TestContext.Current.CancellationToken));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await stopping;
        Assert.False(patience.IsCancellationRequested);
        return await said;
    }
}
