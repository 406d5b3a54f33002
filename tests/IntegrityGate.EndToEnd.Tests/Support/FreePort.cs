using System.Net;
using System.Net.Sockets;

namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>A port for a server that cannot choose its own (nginx).</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
