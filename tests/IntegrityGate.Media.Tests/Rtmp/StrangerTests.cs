using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;
using IntegrityGate.Media.Rtmp.Listeners;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Strangers in numbers: they are cut by the limit that is meant for them, and a good stream beside them loses no packet.</summary>
[Collection(nameof(LimitTests))]
public sealed class StrangerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly BreachCounter _breaches = new();
    private readonly X509Certificate2 _certificate = TestCertificate.Create("localhost");
    private readonly ErrorCollector _errors = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RtmpListenerOptions TlsDoor => new() { Tls = _ => new SslServerAuthenticationOptions { ServerCertificate = _certificate, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 } };

    public void Dispose()
    {
        _breaches.Dispose();
        _certificate.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task Half_open_TLS_handshakes_are_cut_and_a_stream_beside_them_loses_nothing()
    {
        const int crowd = 300;
        var limits = new IngestLimits { IdleTimeout = TimeSpan.FromHours(1), MinPublishBytesPerSecond = 0 };
        await using var host = await TestHost.StartAsync(limits, _time, door: TlsDoor);
        await using var good = await PublishAsync(host);
        var publication = await host.Application.NextAsync();
        var strangers = new List<ScriptedPeer>();
        try
        {
            for (var i = 0; i < crowd; i++)
            {
                strangers.Add(await ScriptedPeer.ConnectAsync(host.Port));
                if (i % 3 > 0)
                    await strangers[i].SendAsync(i % 3 == 1 ? new byte[] { 0x16 } : [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC]);
            }

            await Eventually.IsTrue(() => host.Server.OpenConnections == crowd + 1, "all are connected");
            for (var second = 0; second < 11; second++)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await SendAsync(good, publication, second);
            }

            await Eventually.IsTrue(
                () =>
                {
                    _time.Advance(TimeSpan.FromSeconds(1));
                    return host.Server.OpenConnections == 1;
                },
                "only the good one is left");
            Assert.Equal(crowd, _breaches[nameof(IngestLimits.TlsHandshakeTimeout)]);
            await SendAsync(good, publication, 11);
            Assert.Equal(0, host.Pool.Rented);
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }
    }

    [Fact]
    public async Task Spoilt_TLS_is_turned_away_without_an_error_of_ours()
    {
        await using var host = await TestHost.StartAsync(door: TlsDoor, logs: _errors);
        await using var good = await PublishAsync(host);
        var publication = await host.Application.NextAsync();
        var inputs = new List<byte[]>();
        new Mutator(9, [await HelloAsync()]).Run(400, inputs.Add);
        for (var i = 0; i < inputs.Count; i++)
        {
            using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await stranger.ConnectAsync(IPAddress.Loopback, host.Port, Ct);
            try
            {
                await stranger.SendAsync(inputs[i], Ct);
                stranger.Shutdown(SocketShutdown.Send); // what is cut off will not be waited for
                var answer = new byte[4096];
                while (await stranger.ReceiveAsync(answer, Ct) > 0)
                {
                    // An alert, or a hello that was good enough.
                }
            }
            catch (SocketException)
            {
                // A reset is a close.
            }

            if (i % 20 == 0)
                await SendAsync(good, publication, i);
        }

        await Eventually.IsTrue(() => host.Server.OpenConnections == 1, "only the good one is left");
        Assert.Equal(1, host.Server.Connections);
        Assert.Empty(_errors.Lines);
    }

    [Fact]
    public async Task A_flood_of_publishes_is_spread_and_the_stream_beside_it_loses_nothing()
    {
        const int crowd = 120;
        var limits = new IngestLimits { MaxPublishesPerSecond = 5, CloseLinger = TimeSpan.Zero };
        await using var host = await TestHost.StartAsync(limits, _time, logs: _errors);
        using var good = await ScriptedPeer.PublishAsync(host.Port, "good");
        var publication = await host.Application.NextAsync();
        var (accepted, refused) = (0, 0);
        var flood = new List<ScriptedPeer>();
        try
        {
            for (var i = 0; i < crowd; i++)
            {
                var stranger = await ScriptedPeer.OpenAsync(host.Port);
                flood.Add(stranger);
                await stranger.CommandAsync("publish", 3, 1, AmfNull.Value, "flood" + i);
                var code = (await stranger.UntilAsync("onStatus")).Code;
                (accepted, refused) = code == RtmpStatus.PublishStart ? (accepted + 1, refused) : (accepted, refused + (code == RtmpStatus.PublishDenied ? 1 : 0));
                await good.MessageAsync(MessageType.Video, 1, i, [0x27, 1, 0, 0, 0, (byte)i]);
                Assert.Equal((byte)i, (await publication.NextAsync()).Payload[5]);
            }

            Assert.Equal((9, crowd - 9), (accepted, refused)); // a burst of ten, of which the good one was the first
            Assert.Equal(crowd - 9, _breaches[nameof(IngestLimits.MaxPublishesPerSecond)]);
            Assert.Equal(10, host.Application.Requests.Count);
            Assert.Empty(_errors.Lines);
        }
        finally
        {
            flood.ForEach(stranger => stranger.Dispose());
        }
    }

    [Fact]
    public async Task Messages_of_16_MiB_on_60000_chunk_streams_hold_what_one_connection_may_and_no_more()
    {
        const int crowd = 4;
        var limits = new IngestLimits { MaxMessageBytes = 0xFFFFFF, MaxChunkStreams = 65_600, CloseLinger = TimeSpan.Zero };
        await using var host = await TestHost.StartAsync(limits, logs: _errors);
        using var good = await ScriptedPeer.PublishAsync(host.Port, "good");
        var publication = await host.Application.NextAsync();
        var most = 0;
        for (var i = 0; i < crowd; i++)
        {
            using var stranger = await ScriptedPeer.PublishAsync(host.Port, "stranger" + i);
            var its = await host.Application.NextAsync();
            await stranger.SendAsync(Wire.Full(64, 0, 0xFFFFFF, MessageType.Video, 1, new byte[128]));
            await Eventually.IsTrue(() => host.Pool.Rented == 1, "one message is under way");
            var sending = SendManyAsync(stranger);
            while (!its.Completed.IsCompleted)
            {
                most = Math.Max(most, host.Pool.Rented);
                await Task.WhenAny(its.Completed, Task.Delay(1, Ct));
            }

            await sending;
            Assert.Equal(GateFault.PublisherLimit, (await its.Completed).Fault);
            await Eventually.IsTrue(() => host.Pool.Rented == 0, "it gave back what it held");
            await good.MessageAsync(MessageType.Video, 1, i, [0x27, (byte)i]);
            Assert.Equal((byte)i, (await publication.NextAsync()).Payload[1]);
        }

        Assert.InRange(most, 0, 1); // the second such message is over MaxPartialBytesPerConnection
        Assert.Equal(crowd, _breaches[nameof(IngestLimits.MaxPartialBytesPerConnection)]);
        Assert.Empty(_errors.Lines);
    }

    private static async Task SendManyAsync(ScriptedPeer stranger)
    {
        try
        {
            for (var id = 65; id < 60_000; id++)
                await stranger.SendAsync(Wire.Full(id, 0, 0xFFFFFF, MessageType.Video, 1, new byte[128]));
        }
        catch (SocketException)
        {
            // Cut in the middle of it, as it should be.
        }
    }

    private async Task<RtmpClient> PublishAsync(TestHost host) => await RtmpClient.PublishAsync(
        new RtmpTarget("localhost", host.Port, true, "live"),
        new RtmpClientOptions { Key = new StreamKey("good"), TrustedRoots = [_certificate] },
        new PacketPool(),
        TimeProvider.System,
        NullLogger.Instance,
        Ct);

    private static async Task SendAsync(RtmpClient client, TestPublication publication, int number)
    {
        var packet = new PacketPool().Copy(MediaKind.Video, new(number), [0x27, 1, 0, 0, 0, (byte)number]);
        await client.SendAsync(packet, Ct);
        await client.FlushAsync(Ct);
        packet.Release();
        Assert.Equal((byte)number, (await publication.NextAsync()).Payload[5]);
    }

    /// <summary>What the platform's own client says first.</summary>
    private static async Task<byte[]> HelloAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Ct);
        using var server = await listener.AcceptTcpClientAsync(Ct);
        await using var tls = new SslStream(client.GetStream());
        var shaking = tls.AuthenticateAsClientAsync("localhost");
        var head = new byte[5];
        await server.GetStream().ReadExactlyAsync(head, Ct);
        var body = new byte[(head[3] << 8) | head[4]];
        await server.GetStream().ReadExactlyAsync(body, Ct);
        server.Close();
        await Assert.ThrowsAnyAsync<Exception>(() => shaking);
        return [.. head, .. body];
    }
}
