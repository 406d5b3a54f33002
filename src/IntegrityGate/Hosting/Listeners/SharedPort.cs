using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace IntegrityGate.Hosting.Listeners;

/// <summary>
/// Ports that a second gate on the same machine may open beside this one (<c>SO_REUSEPORT</c>, socket(7)): the new one takes connections
/// while the old one drains. The kernel shares new connections among those that listen, so the old one must be told to go at once.
/// </summary>
internal static class SharedPort
{
    private const int SocketLevel = 1; // SOL_SOCKET on Linux
    private const int ReusePort = 15; // SO_REUSEPORT on Linux

    /// <summary>True where the system has it in this form.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Makes a bound socket.</summary>
    public static Socket Bind(EndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true; // as Kestrel does for its own
            var on = 1;
            socket.SetRawSocketOption(SocketLevel, ReusePort, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in on)));
            socket.Bind(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
