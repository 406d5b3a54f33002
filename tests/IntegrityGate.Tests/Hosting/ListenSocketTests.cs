using System.Net;
using System.Net.Sockets;
using IntegrityGate.Hosting.Listeners;

namespace IntegrityGate.Tests.Hosting;

public sealed class ListenSocketTests
{
    [Fact]
    public void One_port_is_one_gates_unless_it_may_be_shared()
    {
        using var first = ListenSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0), reusePort: false);
        first.Listen();
        var taken = Assert.Throws<SocketException>(() => ListenSocket.Bind(first.LocalEndPoint!, reusePort: true));
        Assert.Equal(SocketError.AddressAlreadyInUse, taken.SocketErrorCode);
    }

    [Fact]
    public async Task When_a_gate_closes_a_shared_port_what_comes_goes_to_the_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SO_REUSEPORT as used here is Linux's");
        using var first = ListenSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0), reusePort: true);
        first.Listen();
        using var second = ListenSocket.Bind(first.LocalEndPoint!, reusePort: true);
        second.Listen();
        first.Close();
        for (var i = 0; i < 20; i++)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(second.LocalEndPoint!, TestContext.Current.CancellationToken);
            using var accepted = await second.AcceptAsync(TestContext.Current.CancellationToken);
            Assert.Equal(client.LocalEndPoint, accepted.RemoteEndPoint);
        }
    }

    [Fact]
    public async Task Every_address_is_both_families()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var listener = ListenSocket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0), reusePort: false);
        Assert.SkipWhen(listener.AddressFamily == AddressFamily.InterNetwork, "this machine's IPv6 is turned off");
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        foreach (var address in (IPAddress[])[IPAddress.IPv6Loopback, IPAddress.Loopback])
        {
            using var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(address, port, TestContext.Current.CancellationToken);
            using var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        }
    }
}
