using System.Net;
using IntegrityGate.Access;

namespace IntegrityGate.Tests.Access;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.7", true)]
    [InlineData("192.0.2.0/24", "192.0.3.7", false)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.3.7", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::/32", "192.0.2.7", false)]
    [InlineData("0.0.0.0/0", "203.0.113.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("fe80::/10", "fe80::1%3", true)]
    public async Task Only_listed_networks_publish(string network, string remote, bool isAllowed)
    {
        Assert.True(Networks.TryParse(network, out var parsed, out _));
        var answer = await new AddressGuard([parsed]).CheckAsync(Publishers.Of("live", "k", remote), TestContext.Current.CancellationToken);
        Assert.Equal(isAllowed, answer.IsAllowed);
    }

    [Fact]
    public async Task A_publisher_without_an_address_is_refused()
    {
        var request = Publishers.Of("live", "k") with { Remote = new DnsEndPoint("host", 1) };
        Assert.False((await new AddressGuard([new IPNetwork(IPAddress.Any, 0)]).CheckAsync(request, TestContext.Current.CancellationToken)).IsAllowed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("host")]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("192.0.2.0/")]
    [InlineData("192.0.2.7/24")]
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8::1/32")]
    [InlineData("10")]
    [InlineData("10.1")]
    public void What_is_no_network_is_said_to_be_none(string text)
    {
        Assert.False(Networks.TryParse(text, out _, out var error));
        Assert.NotEmpty(error);
    }
}
