using System.Net;
using System.Net.Sockets;

namespace IntegrityGate.LoadHarness.Peers;

/// <summary>Ports for programs that cannot choose their own.</summary>
internal static class LoopbackPort
{
    /// <summary>A port that is free at this moment.</summary>
    public static int Take()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>True when somebody listens there.</summary>
    public static bool IsOpen(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
