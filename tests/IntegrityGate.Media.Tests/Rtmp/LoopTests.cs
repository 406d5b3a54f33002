using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Our client against our server, through Kestrel.</summary>
public sealed class LoopTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_published_arrives_byte_equal_and_the_goodbye_is_a_clean_end()
    {
        await using var host = await TestHost.StartAsync();
        var pool = new PacketPool();
        var sent = Samples(pool);
        var client = await RtmpClient.PublishAsync(
            host.Target, new RtmpClientOptions { Key = new StreamKey("key?token=a%20b") }, pool, TimeProvider.System, NullLogger.Instance, Ct);
        var publication = await host.Application.NextAsync();
        foreach (var packet in sent)
            await client.SendAsync(packet, Ct);
        await client.FlushAsync(Ct);
        await client.DisposeAsync();

        Assert.Equal(GateFault.PublisherEnded, (await publication.Completed).Fault);
        var received = await publication.RestAsync();
        Assert.Equal(sent.Select(packet => (packet.Kind, packet.Dts.Milliseconds)), received.Select(packet => (packet.Kind, packet.Dts)));
        Assert.All(sent.Zip(received), pair => Assert.Equal(pair.First.Payload.ToArray(), pair.Second.Payload));
        Assert.Equal(1, publication.Completions);
        var request = Assert.Single(host.Application.Requests);
        Assert.Equal("key?token=a%20b", request.Key.Secret);
        Assert.Equal("live", request.App);
        Assert.True((await client.Completion).IsOurs);

        foreach (var packet in sent)
            packet.Release();
        Assert.Equal(0, pool.Rented);
        Assert.Equal(0, host.Pool.Rented);
    }

    [Fact]
    public async Task What_is_played_arrives_byte_equal_and_the_end_is_told()
    {
        await using var host = await TestHost.StartAsync();
        var playback = new TestPlayback();
        host.Application.OnPlay = _ => new PlayAnswer.Accepted(playback);
        var pool = new PacketPool();
        var sent = Samples(pool);
        var expected = sent.Select(packet => (packet.Kind, packet.Dts.Milliseconds, Convert.ToHexString(packet.Payload.Span))).ToList();
        await using var player = await RtmpClient.PlayAsync(
            host.Target, new RtmpClientOptions { Key = new StreamKey("key") }, pool, TimeProvider.System, NullLogger.Instance, Ct);
        foreach (var packet in sent)
            playback.Put(packet);
        playback.Finish();

        var received = new List<(MediaKind, long, string)>();
        while (await player.ReadAsync(Ct) is { } packet)
        {
            received.Add((packet.Kind, packet.Dts.Milliseconds, Convert.ToHexString(packet.Payload.Span)));
            packet.Release();
        }

        Assert.Equal(expected, received);
        Assert.Equal(RtmpStatus.PlayUnpublishNotify, player.EndCode);
        await playback.Disposed;
        Assert.Equal(0, pool.Rented);
    }

    private static List<MediaPacket> Samples(PacketPool pool)
    {
        var random = new Random(7);
        var packets = new List<MediaPacket> { pool.Copy(MediaKind.Data, MediaTime.Zero, OnMetaData.Create("AIGC", "{}")) };
        for (var i = 0; i < 200; i++)
        {
            var payload = new byte[i % 50 == 0 ? 300_000 : random.Next(1, 5000)];
            random.NextBytes(payload);
            payload[0] = i % 3 == 0 ? (byte)0x17 : (byte)0xAF;
            packets.Add(pool.Copy(i % 3 == 0 ? MediaKind.Video : MediaKind.Audio, new MediaTime(i * 20), payload));
        }

        return packets;
    }
}
