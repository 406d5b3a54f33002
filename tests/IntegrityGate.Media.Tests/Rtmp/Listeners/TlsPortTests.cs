using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Listeners;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Media.Tests.Rtmp.Listeners;

/// <summary>The RTMPS port, and those who take it for another.</summary>
[Collection(nameof(LimitTests))]
public sealed class TlsPortTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly BreachCounter _breaches = new();
    private readonly TurnedAwayCounter _turnedAway = new();
    private readonly X509Certificate2 _certificate = TestCertificate.Create("localhost");
    private readonly ConcurrentQueue<string> _asked = new();

    public static TheoryData<string, byte[]> Mistakes => new()
    {
        { nameof(TurnedAway.PlainOnTlsPort), [3, .. new byte[1536]] },
        { nameof(TurnedAway.Http), "GET / HTTP/1.1\r\n\r\n"u8.ToArray() },
        { nameof(TurnedAway.Rtmpe), [6, .. new byte[1536]] },
        { nameof(TurnedAway.Garbage), [0, 1, 2, 3] },
        { nameof(TurnedAway.Garbage), [0x16, 0xFF, 0, 0] },
        { nameof(TurnedAway.TlsFailed), [0x16, 3, 1, 0, 5, .. new byte[5]] }, // a record that is no hello
        { nameof(TurnedAway.TlsFailed), OldHello },
    };

    /// <summary>A ClientHello that offers TLS 1.1 and nothing newer (RFC 4346, 7.4.1.2).</summary>
    private static byte[] OldHello
    {
        get
        {
            byte[] body = [3, 2, .. new byte[32], 0, 0, 4, 0, 0x2F, 0, 0x35, 1, 0];
            byte[] handshake = [1, 0, 0, (byte)body.Length, .. body];
            return [0x16, 3, 1, 0, (byte)handshake.Length, .. handshake];
        }
    }

    private RtmpListenerOptions Door => new()
    {
        Tls = name =>
        {
            _asked.Enqueue(name);
            return new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = [],
            };
        },
    };

    public void Dispose()
    {
        _breaches.Dispose();
        _turnedAway.Dispose();
        _certificate.Dispose();
    }

    [Fact]
    public async Task A_stream_over_TLS_comes_in_byte_for_byte_and_its_name_was_asked_for()
    {
        await using var host = await TestHost.StartAsync(door: Door);
        var options = new RtmpClientOptions { Key = new StreamKey("key"), TrustedRoots = [_certificate] };
        var pool = new Core.Packets.PacketPool();
        await using var client = await RtmpClient.PublishAsync(
            new RtmpTarget("localhost", host.Port, true, "live"), options, pool, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        var publication = await host.Application.NextAsync();
        var payload = new byte[300_000];
        new Random(1).NextBytes(payload);
        var packet = pool.Copy(Core.Packets.MediaKind.Video, new(40), payload);
        await client.SendAsync(packet, TestContext.Current.CancellationToken);
        await client.FlushAsync(TestContext.Current.CancellationToken);
        packet.Release();
        Assert.Equal(payload, (await publication.NextAsync()).Payload);
        Assert.Equal(["localhost"], _asked);
        Assert.Equal(0, _turnedAway.Total);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_told_apart_and_closed(string reason, byte[] bytes)
    {
        await using var host = await TestHost.StartAsync(door: Door);
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await peer.SendAsync(bytes);
        await peer.DrainAsync();
        await Eventually.IsTrue(() => host.Server.OpenConnections == 0, "it is gone");
        await Eventually.IsTrue(() => _turnedAway.Total > 0, "it is counted");
        Assert.Equal((1, 1), (_turnedAway[Enum.Parse<TurnedAway>(reason)], _turnedAway.Total));
    }

    [Theory]
    [InlineData(nameof(TurnedAway.TlsOnPlainPort), new byte[] { 0x16, 3, 1, 2, 0, 1 })]
    [InlineData(nameof(TurnedAway.Http), new byte[] { (byte)'P', (byte)'O', (byte)'S', (byte)'T' })]
    [InlineData(nameof(TurnedAway.Rtmpe), new byte[] { 6, 0 })]
    [InlineData(nameof(TurnedAway.Garbage), new byte[] { 0xFF, 0 })]
    public async Task A_mistake_on_the_plain_port_is_told_apart_and_closed(string reason, byte[] bytes)
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await peer.SendAsync(bytes);
        Assert.Null(await peer.ReadAsync());
        Assert.Equal((1, 1), (_turnedAway[Enum.Parse<TurnedAway>(reason)], _turnedAway.Total));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x16 })]
    [InlineData(new byte[] { 0x16, 3, 1, 2, 0, 1, 0 })]
    public async Task A_handshake_that_does_not_come_is_waited_for_ten_seconds(byte[] part)
    {
        await using var host = await TestHost.StartAsync(time: _time, door: Door);
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await peer.SendAsync(part);
        await Eventually.IsTrue(() => host.Server.OpenConnections == 1, "it is in");
        var closed = peer.DrainAsync();
        while (!closed.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(closed, Task.Delay(2, TestContext.Current.CancellationToken));
        }

        await closed;
        await Eventually.IsTrue(() => host.Server.OpenConnections == 0, "it is gone");
        Assert.Equal(1, _breaches[nameof(IngestLimits.TlsHandshakeTimeout)]);
        Assert.Equal(0, _turnedAway.Total);
    }

    [Fact]
    public async Task Those_still_at_the_door_are_cut_when_the_gate_drains()
    {
        await using var host = await TestHost.StartAsync(time: _time, door: Door);
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await peer.SendAsync(new byte[] { 0x16, 3, 1 });
        await Eventually.IsTrue(() => host.Server.OpenConnections == 1, "it is in");
        using var patience = new CancellationTokenSource(ScriptedPeer.Patience);
        await host.StopAsync(patience.Token);
        Assert.False(patience.IsCancellationRequested);
        await peer.DrainAsync();
    }

    [Fact]
    public async Task Connections_in_all_are_counted_at_every_stage()
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { MaxConnections = 2 }, door: Door);
        var first = await ScriptedPeer.ConnectAsync(host.Port);
        using var second = await ScriptedPeer.ConnectAsync(host.Port);
        await Eventually.IsTrue(() => host.Server.OpenConnections == 2, "both are in");
        await ScriptedPeer.BeTurnedAwayAsync(host.Port);
        await Eventually.IsTrue(() => _breaches[nameof(IngestLimits.MaxConnections)] == 1, "it is counted");
        first.Dispose();
        await Eventually.IsTrue(() => host.Server.OpenConnections == 1, "the first has left");
        using var fourth = await ScriptedPeer.ConnectAsync(host.Port);
        await Eventually.IsTrue(() => host.Server.OpenConnections == 2, "another is in");
        Assert.Equal(1, _breaches[nameof(IngestLimits.MaxConnections)]);
    }
}
