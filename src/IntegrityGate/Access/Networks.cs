using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Access;

/// <summary>Reads networks as people write them: CIDR (RFC 4632) or one address, IPv4, IPv6, or IPv4 in IPv6.</summary>
internal static class Networks
{
    private const int MappedBits = 96; // ::ffff:0:0/96, RFC 4291 section 2.5.5.2

    /// <summary>Reads a network; IPv4 in IPv6 becomes IPv4, as <see cref="PeerAddress"/> does with peers.</summary>
    public static bool TryParse(string text, out IPNetwork network, [NotNullWhen(false)] out string? error)
    {
        network = default;
        error = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address) || (slash < 0 && address.ToString() != text && address.AddressFamily == AddressFamily.InterNetwork))
        {
            error = $"'{text}' is neither an address nor a network such as 192.0.2.0/24 or 2001:db8::/32";
            return false;
        }

        var bits = address.GetAddressBytes().Length * 8;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
        {
            error = $"'{text}' has no prefix length from 0 to {bits} behind its slash";
            return false;
        }

        if (address.IsIPv4MappedToIPv6 && prefix >= MappedBits)
            (address, prefix) = (address.MapToIPv4(), prefix - MappedBits);

        // 192.0.2.7/24 is a slip more often than a wish: which of the two was meant is for the writer to say.
        if (HasBitsBehind(address.GetAddressBytes(), prefix))
        {
            error = $"'{text}' has address bits behind its prefix length";
            return false;
        }

        network = new IPNetwork(address, prefix);
        return true;
    }

    private static bool HasBitsBehind(byte[] address, int prefix)
    {
        for (var bit = prefix; bit < address.Length * 8; bit++)
        {
            if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0)
                return true;
        }

        return false;
    }
}
