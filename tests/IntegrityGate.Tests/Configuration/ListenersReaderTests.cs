using System.Net;
using IntegrityGate.Configuration;
using Microsoft.Extensions.Configuration;

namespace IntegrityGate.Tests.Configuration;

public sealed class ListenersReaderTests
{
    [Fact]
    public void By_default_there_is_one_plain_port_for_everybody()
    {
        var options = Read();
        Assert.Equal(IPAddress.IPv6Any, options.Rtmp.Address);
        Assert.Empty(options.Rtmp.Proxies);
        Assert.Empty(options.Tls.Certificates);
        Assert.False(options.Http.Tls || options.Grpc.Tls || options.ReusePort);
        Assert.Equal((TimeSpan.FromSeconds(5), ""), (options.Shutdown.Grace, options.Shutdown.ReconnectUrl));
    }

    [Fact]
    public void The_documented_limits_are_those_of_the_code()
    {
        var (options, limits) = (Read().Rtmp, new Media.Rtmp.IngestLimits());
        Assert.Equal(
            (limits.HandshakeTimeout, limits.TlsHandshakeTimeout, limits.ProxyHeaderTimeout, limits.MaxProxyHeaderBytes),
            (options.HandshakeTimeout, options.TlsHandshakeTimeout, options.ProxyHeaderTimeout, options.MaxProxyHeaderBytes));
        Assert.Equal(
            (limits.MaxConnections, limits.MaxConnectionsPerAddress, limits.MaxPublishesPerSecond, limits.DrainGrace),
            (options.MaxConnections, options.MaxConnectionsPerAddress, options.MaxPublishesPerSecond, Read().Shutdown.Grace));
    }

    [Fact]
    public void Proxies_are_set_for_each_port_and_IPv4_in_IPv6_is_IPv4()
    {
        var options = Read(("rtmp:proxies", "10.0.0.0/8, ::ffff:192.0.2.1"), ("rtmps:proxies:0", "2001:db8::/32"));
        Assert.Equal([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("192.0.2.1/32")], options.Rtmp.Proxies);
        Assert.Equal([IPNetwork.Parse("2001:db8::/32")], options.Rtmps.Proxies);
        Assert.Equal(options, Read(("rtmp:proxies", "10.0.0.0/8, ::ffff:192.0.2.1"), ("rtmps:proxies:0", "2001:db8::/32")));
    }

    [Theory]
    [InlineData("http:tls", "true", "http.tls: needs a certificate under tls.certificates")]
    [InlineData("tls:certificates:0:key", "", "tls.certificates.0.file: must not be empty")]
    [InlineData("rtmp:proxies", "10.0.0.1/8", "rtmp.proxies: '10.0.0.1/8' has address bits behind its prefix length")]
    [InlineData("rtmps:proxies", "balancer", "rtmps.proxies: 'balancer' is neither an address nor a network such as 192.0.2.0/24 or 2001:db8::/32")]
    [InlineData("shutdown:reconnectUrl", "http://x/live", "shutdown.reconnectUrl: is not an rtmp:// or rtmps:// URL")]
    [InlineData("rtmp:limits:maxProxyHeader", "100", "rtmp.limits.maxProxyHeader: 100 is not between 232 and 65536")]
    public void What_cannot_be_is_an_error_with_its_path(string key, string value, string expected) =>
        Assert.Equal([expected], Assert.Throws<ConfigurationException>(() => Read((key, value))).Errors);

    private static GateOptions Read(params (string Key, string Value)[] flags) =>
        GateOptionsReader.Read(GateConfiguration.Build(null, flags.ToDictionary(f => f.Key, f => (string?)f.Value)));
}
