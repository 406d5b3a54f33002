using System.Net;

namespace IntegrityGate.Access;

/// <summary>A peer's address in its plain form.</summary>
internal static class RemoteAddress
{
    /// <summary>The address, IPv4 out of its IPv6 wrapping (RFC 4291 section 2.5.5.2, what a dual-stack socket reports); null when there is none.</summary>
    public static IPAddress? Of(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address })
            return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>The address as text; empty when there is none.</summary>
    public static string TextOf(EndPoint? remote) => Of(remote)?.ToString() ?? "";
}
