using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Listeners;
using IntegrityGate.Media.Tests.Rtmp.Proxy;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Media.Tests.Rtmp.Listeners;

/// <summary>A port behind a load balancer.</summary>
[Collection(nameof(LimitTests))]
public sealed class ProxyPortTests : IDisposable
{
    private static readonly RtmpListenerOptions s_trusting = new() { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] };

    private readonly FakeTimeProvider _time = new();
    private readonly BreachCounter _breaches = new();
    private readonly TurnedAwayCounter _turnedAway = new();

    public static TheoryData<string, byte[], string?> Headers => new()
    {
        { "version 1", ProxyHeaders.V1("PROXY TCP4 192.0.2.1 192.0.2.2 1000 1935\r\n"), "192.0.2.1:1000" },
        { "version 1 with IPv4 in IPv6", ProxyHeaders.V1("PROXY TCP6 ::ffff:192.0.2.1 ::1 1000 1935\r\n"), "192.0.2.1:1000" },
        { "version 1 that knows nobody", ProxyHeaders.V1("PROXY UNKNOWN\r\n"), null },
        { "version 2", ProxyHeaders.V2(0x21, 0x21, ProxyHeaders.Inet6), "[2001:db8::1]:1000" },
        { "version 2 with vectors", ProxyHeaders.WithChecksum(0x11, ProxyHeaders.Inet), "192.0.2.1:1000" },
        { "version 2, LOCAL", ProxyHeaders.V2(0x20, 0), null },
    };

    public static TheoryData<string, byte[]> BadBeginnings => new()
    {
        { nameof(TurnedAway.NoProxyHeader), [3, .. new byte[1536]] },
        { nameof(TurnedAway.NoProxyHeader), "GET / HTTP/1.1\r\n\r\n"u8.ToArray() },
        { nameof(TurnedAway.BadProxyHeader), ProxyHeaders.V1("PROXY TCP4 999.0.2.1 192.0.2.2 1000 1935\r\n") },
        { nameof(TurnedAway.BadProxyHeader), ProxyHeaders.V1(new string('x', 200).Insert(0, "PROXY UNKNOWN ")) },
        { nameof(TurnedAway.BadProxyHeader), [.. ProxyHeaders.Signature, 0x21, 0x11, 0xFF, 0xFF] },
    };

    public void Dispose()
    {
        _breaches.Dispose();
        _turnedAway.Dispose();
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task The_address_carried_on_is_that_of_the_header(string what, byte[] header, string? remote)
    {
        await using var host = await TestHost.StartAsync(door: s_trusting);
        using var peer = await ScriptedPeer.PublishAsync(host.Port, preface: header);
        var seen = Assert.Single(host.Application.Requests).Remote;
        if (remote is not null)
            Assert.True(remote == seen?.ToString(), $"{what}: {seen}");
        else
            Assert.Equal(IPAddress.Loopback, Assert.IsType<IPEndPoint>(seen).Address);
        Assert.Equal(0, _turnedAway.Total);
    }

    [Theory]
    [MemberData(nameof(BadBeginnings))]
    public async Task Without_a_good_header_there_is_no_connection(string reason, byte[] bytes)
    {
        await using var host = await TestHost.StartAsync(door: s_trusting);
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await peer.SendAsync(bytes);
        Assert.Null(await peer.ReadAsync());
        await Eventually.IsTrue(() => host.Server.OpenConnections == 0, "it is gone");
        Assert.Equal((1, 1), (_turnedAway[Enum.Parse<TurnedAway>(reason)], _turnedAway.Total));
        Assert.Empty(host.Application.Requests);
    }

    [Fact]
    public async Task Who_is_no_proxy_may_not_say_who_it_is()
    {
        await using var host = await TestHost.StartAsync(door: new RtmpListenerOptions { TrustedProxies = [IPNetwork.Parse("192.0.2.0/24")] });
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await Eventually.IsTrue(() => _turnedAway[TurnedAway.UntrustedProxy] == 1, "it is turned away before it says anything");
        Assert.Null(await peer.ReadAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("PROXY TCP4 192.0.")]
    public async Task A_header_that_does_not_come_is_waited_for_five_seconds(string part)
    {
        await using var host = await TestHost.StartAsync(time: _time, door: s_trusting);
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await peer.SendAsync(ProxyHeaders.V1(part));
        await Eventually.IsTrue(() => host.Server.OpenConnections == 1, "it is in");
        var closed = peer.ReadAsync();
        while (!closed.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(closed, Task.Delay(2, TestContext.Current.CancellationToken));
        }

        Assert.Null(await closed);
        Assert.Equal(1, _breaches[nameof(IngestLimits.ProxyHeaderTimeout)]);
        Assert.Equal(0, _turnedAway.Total);
    }

    [Fact]
    public async Task A_probe_that_says_nothing_is_no_error()
    {
        await using var host = await TestHost.StartAsync(door: s_trusting);
        var probe = await ScriptedPeer.ConnectAsync(host.Port);
        await Eventually.IsTrue(() => host.Server.OpenConnections == 1, "the probe is in");
        probe.Dispose();
        await Eventually.IsTrue(() => host.Server.OpenConnections == 0, "the probe is gone");
        Assert.Equal(0, _turnedAway.Total);
    }

    [Fact]
    public async Task Connections_are_counted_by_the_address_behind_the_proxy()
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { MaxConnectionsPerAddress = 1 }, door: s_trusting);
        using var first = await ScriptedPeer.OpenAsync(host.Port, preface: Line("192.0.2.1"));
        using var second = await ScriptedPeer.OpenAsync(host.Port, preface: Line("192.0.2.2"));
        using var again = await ScriptedPeer.ConnectAsync(host.Port);
        await again.SendAsync(Line("192.0.2.1"));
        Assert.Null(await again.ReadAsync());
        Assert.Equal(1, _breaches[nameof(IngestLimits.MaxConnectionsPerAddress)]);
        first.Dispose();
        await Eventually.IsTrue(() => host.Server.OpenConnections == 1, "the first has left");
        using var later = await ScriptedPeer.OpenAsync(host.Port, preface: Line("192.0.2.1"));
    }

    [Fact]
    public async Task The_header_stands_before_TLS()
    {
        using var certificate = TestCertificate.Create("localhost");
        await using var host = await TestHost.StartAsync(door: s_trusting with { Tls = _ => new SslServerAuthenticationOptions { ServerCertificate = certificate } });
        await using var balancer = new TestBalancer(host.Port, Line("192.0.2.1"));
        var options = new RtmpClientOptions { Key = new StreamKey("key"), CertificateSha256 = Convert.ToHexString(SHA256.HashData(certificate.RawData)) };
        await using var client = await RtmpClient.PublishAsync(
            new RtmpTarget("127.0.0.1", balancer.Port, true, "live"), options, new(), TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        Assert.Equal("192.0.2.1:1000", Assert.Single(host.Application.Requests).Remote?.ToString());
    }

    [Fact]
    public async Task A_dual_stack_port_takes_both_families_and_gives_IPv4_its_plain_form()
    {
        Assert.SkipUnless(HasIPv6(), "this machine has no IPv6 loopback");
        await using var host = await TestHost.StartAsync(address: IPAddress.IPv6Any);
        using var six = await ScriptedPeer.PublishAsync(host.Port, "six", address: IPAddress.IPv6Loopback);
        using var four = await ScriptedPeer.PublishAsync(host.Port, "four", address: IPAddress.Loopback);
        Assert.Equal(
            [IPAddress.IPv6Loopback, IPAddress.Loopback],
            host.Application.Requests.Select(request => Assert.IsType<IPEndPoint>(request.Remote).Address));
    }

    [Fact]
    public async Task A_proxy_over_IPv4_is_known_on_a_dual_stack_port()
    {
        Assert.SkipUnless(HasIPv6(), "this machine has no IPv6 loopback");
        await using var host = await TestHost.StartAsync(address: IPAddress.IPv6Any, door: s_trusting);
        using var peer = await ScriptedPeer.PublishAsync(host.Port, preface: Line("192.0.2.1"));
        Assert.Equal("192.0.2.1:1000", Assert.Single(host.Application.Requests).Remote?.ToString());
    }

    private static byte[] Line(string source) => ProxyHeaders.V1($"PROXY TCP4 {source} 192.0.2.200 1000 1935\r\n");

    private static bool HasIPv6()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
