using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace IntegrityGate.Hosting.Listeners;

/// <summary>Makes the sockets that the gate listens on.</summary>
internal static class ListenSocket
{
    // socket(7) on Linux, every architecture that .NET runs on.
    private const int SolSocket = 1;
    private const int SoReusePort = 15;

    /// <summary>True where ports can be shared between two gates.</summary>
    public static bool CanReusePort => OperatingSystem.IsLinux();

    /// <summary>
    /// A socket bound to an address; "every address" is IPv6 and IPv4 in one socket, and IPv4 alone on a machine whose IPv6 is turned off.
    /// </summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="reusePort">Other processes of the same user may bind it, too, and the kernel deals connections out among them (SO_REUSEPORT).</param>
    /// <exception cref="SocketException">It cannot be bound.</exception>
    public static Socket Bind(EndPoint endpoint, bool reusePort)
    {
        if (endpoint is not IPEndPoint ip)
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        try
        {
            return BindTo(ip, reusePort);
        }
        catch (SocketException exception) when (ip.Address.Equals(IPAddress.IPv6Any)
            && exception.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable or SocketError.ProtocolFamilyNotSupported)
        {
            return BindTo(new IPEndPoint(IPAddress.Any, ip.Port), reusePort);
        }
    }

    private static Socket BindTo(IPEndPoint endpoint, bool reusePort)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            if (reusePort)
                socket.SetRawSocketOption(SolSocket, SoReusePort, BitConverter.GetBytes(1));
            socket.Bind(endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
