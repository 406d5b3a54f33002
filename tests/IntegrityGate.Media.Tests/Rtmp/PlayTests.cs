using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Tests.Rtmp;

public sealed class PlayTests
{
    private readonly PacketPool _pool = new();

    [Fact]
    public async Task A_stream_that_is_not_there_is_told()
    {
        await using var host = await TestHost.StartAsync();
        var refused = await Assert.ThrowsAsync<RtmpRefusedException>(() => RtmpClient.PlayAsync(
            host.Target, new RtmpClientOptions { Key = new StreamKey("key") }, _pool, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken));
        Assert.Equal((RtmpStage.Play, RtmpStatus.PlayStreamNotFound, "nothing here"), (refused.Stage, refused.Code, refused.Description));
    }

    [Fact]
    public async Task A_player_may_pause_and_turn_tracks_off()
    {
        await using var host = await TestHost.StartAsync();
        var playback = new TestPlayback();
        host.Application.OnPlay = _ => new PlayAnswer.Accepted(playback);
        using var peer = await OpenAsync(host);

        await SteerAsync(peer, "receiveAudio", false);
        Put(playback, MediaKind.Audio, 1);
        Put(playback, MediaKind.Video, 2);
        Assert.Equal(2, (await MediaAsync(peer)).Dts);

        await SteerAsync(peer, "receiveAudio", true);
        await SteerAsync(peer, "receiveVideo", false);
        Put(playback, MediaKind.Video, 3);
        Put(playback, MediaKind.Audio, 4);
        Assert.Equal(4, (await MediaAsync(peer)).Dts);

        await SteerAsync(peer, "receiveVideo", true);
        await SteerAsync(peer, "pause", true);
        Put(playback, MediaKind.Video, 5);
        await Eventually.IsTrue(() => playback.Taken == 5, "a paused player's packets are taken and dropped");
        await SteerAsync(peer, "pause", false);
        Put(playback, MediaKind.Video, 6);
        Assert.Equal(6, (await MediaAsync(peer)).Dts);
        await Eventually.IsTrue(() => _pool.Rented == 0, "all are given back");
    }

    [Fact]
    public async Task A_seek_is_taken_note_of()
    {
        await using var host = await TestHost.StartAsync();
        host.Application.OnPlay = _ => new PlayAnswer.Accepted(new TestPlayback());
        using var peer = await OpenAsync(host);
        await peer.CommandAsync("seek", 9, 1, AmfNull.Value, 5000.0);
        await peer.UntilAsync("_result");
        Assert.Equal(RtmpStatus.SeekNotify, (await peer.UntilAsync("onStatus")).Code);
    }

    [Fact]
    public async Task The_end_of_a_stream_is_an_end_of_file_and_a_status()
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { CloseLinger = TimeSpan.Zero });
        var playback = new TestPlayback();
        host.Application.OnPlay = _ => new PlayAnswer.Accepted(playback);
        using var peer = await OpenAsync(host);
        Put(playback, MediaKind.Video, 1);
        playback.Finish();
        await MediaAsync(peer);
        Assert.Equal([0, 1, 0, 0, 0, 1], (await peer.UntilAsync(MessageType.UserControl)).Body);
        Assert.Equal(RtmpStatus.PlayUnpublishNotify, Assert.Single(await peer.ToEndAsync()).Code);
        await playback.Disposed;
    }

    [Fact]
    public async Task A_player_that_leaves_gives_its_queue_back()
    {
        await using var host = await TestHost.StartAsync();
        var playback = new TestPlayback();
        host.Application.OnPlay = _ => new PlayAnswer.Accepted(playback);
        var peer = await OpenAsync(host);
        peer.Dispose();
        await playback.Disposed;
        await Eventually.IsTrue(() => host.Server.Connections == 0, "the connection is gone");
    }

    private static async Task<ScriptedPeer> OpenAsync(TestHost host)
    {
        var peer = await ScriptedPeer.OpenAsync(host.Port);
        await peer.CommandAsync("play", 4, 1, AmfNull.Value, "key");
        Assert.Equal([0, 0, 0, 0, 0, 1], (await peer.UntilAsync(MessageType.UserControl)).Body); // StreamBegin 1
        Assert.Equal(RtmpStatus.PlayReset, (await peer.UntilAsync("onStatus")).Code);
        Assert.Equal(RtmpStatus.PlayStart, (await peer.UntilAsync("onStatus")).Code);
        return peer;
    }

    private static async Task SteerAsync(ScriptedPeer peer, string name, bool value)
    {
        await peer.CommandAsync(name, 9, 1, AmfNull.Value, value);
        await peer.UntilAsync("_result");
    }

    private static async Task<ReadBack.Message> MediaAsync(ScriptedPeer peer)
    {
        while (await peer.ReadAsync() is { } message)
        {
            if (message.Type is MessageType.Audio or MessageType.Video)
                return message;
        }

        throw new InvalidOperationException("closed");
    }

    private void Put(TestPlayback playback, MediaKind kind, long dts) => playback.Put(_pool.Copy(kind, new MediaTime(dts), [0x27, 1]));
}
