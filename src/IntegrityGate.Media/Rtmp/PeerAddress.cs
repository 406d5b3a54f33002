using System.Net;

namespace IntegrityGate.Media.Rtmp;

/// <summary>A peer's address in its plain form: IPv4 out of its IPv6 wrapping (RFC 4291 section 2.5.5.2), which is what a dual-stack socket reports.</summary>
public static class PeerAddress
{
    /// <summary>The address; null for a peer that has none (a Unix socket).</summary>
    public static IPAddress? Of(EndPoint? peer)
    {
        if (peer is not IPEndPoint { Address: var address })
            return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>The address as text; empty when there is none.</summary>
    public static string TextOf(EndPoint? peer) => Of(peer)?.ToString() ?? "";

    /// <summary>The end point with its address in the plain form; what has no address, as it is.</summary>
    public static EndPoint? Plain(EndPoint? peer) =>
        peer is IPEndPoint { Address.IsIPv4MappedToIPv6: true, Port: var port } ? new IPEndPoint(Of(peer)!, port) : peer;
}
