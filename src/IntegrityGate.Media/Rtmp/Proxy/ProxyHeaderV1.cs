using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IntegrityGate.Media.Rtmp.Proxy;

/// <summary>Version 1, a line of text (section 2.1): <c>PROXY TCP4 192.0.2.1 192.0.2.2 56324 1935</c> and a CRLF.</summary>
internal static class ProxyHeaderV1
{
    /// <summary>Longest line, its CRLF included (2.1: the worst case).</summary>
    public const int MaxBytes = 107;

    private const int Fields = 5;
    private static readonly SearchValues<byte> s_addressBytes = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <summary>How every line begins.</summary>
    public static ReadOnlySpan<byte> Prefix => "PROXY "u8;

    /// <summary>Reads a line that begins with <see cref="Prefix"/>.</summary>
    public static ProxyHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var window = bytes[..Math.Min(bytes.Length, MaxBytes)];
        var end = window.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0 || (window[end] == '\r' && end + 1 == window.Length))
            return window.Length == MaxBytes ? ProxyHeader.Malformed("version 1 line is longer than 107 bytes") : ProxyHeader.NeedMore;

        // "must not tolerate a single CR or LF character to end the line"
        return window[end..].StartsWith("\r\n"u8)
            ? ParseLine(window[Prefix.Length..end], end + 2)
            : ProxyHeader.Malformed("version 1 line ends in half a CRLF");
    }

    private static ProxyHeader ParseLine(ReadOnlySpan<byte> line, int length)
    {
        if (line.SequenceEqual("UNKNOWN"u8) || line.StartsWith("UNKNOWN "u8))
            return ProxyHeader.WithoutAddress(length); // whatever follows is to be ignored

        Span<Range> fields = stackalloc Range[Fields];
        if (!TrySplit(line, fields))
            return ProxyHeader.Malformed("version 1 line has not five fields with one space between each");
        var family = line[fields[0]] switch
        {
            var name when name.SequenceEqual("TCP4"u8) => AddressFamily.InterNetwork,
            var name when name.SequenceEqual("TCP6"u8) => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        if (family == AddressFamily.Unspecified)
            return ProxyHeader.Malformed("version 1 line names a protocol that is not TCP4, TCP6 or UNKNOWN");
        if (TryAddress(line[fields[1]], family) is not { } source || TryAddress(line[fields[2]], family) is not { } destination)
            return ProxyHeader.Malformed("version 1 line has an address that is not one of its protocol");
        if (!TryNumber(line[fields[3]], 65_535, out var sourcePort) || !TryNumber(line[fields[4]], 65_535, out var destinationPort))
            return ProxyHeader.Malformed("version 1 line has a port that is not a number up to 65535");
        return new ProxyHeader(ProxyHeaderStatus.Ok, length, new IPEndPoint(source, sourcePort), new IPEndPoint(destination, destinationPort));
    }

    private static bool TrySplit(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        var at = 0;
        for (var i = 0; i < Fields; i++)
        {
            var space = line[at..].IndexOf((byte)' ');
            var isLast = i == Fields - 1;
            if (isLast != (space < 0))
                return false;
            var end = isLast ? line.Length : at + space;
            fields[i] = at..end;
            at = end + 1;
        }

        return true;
    }

    private static IPAddress? TryAddress(ReadOnlySpan<byte> text, AddressFamily family)
    {
        if (family == AddressFamily.InterNetwork)
            return TryIPv4(text);

        // The platform's reader also takes scopes, ports in brackets and masks, which have no place here.
        return text.Length <= 45 && text.IndexOfAnyExcept(s_addressBytes) < 0
            && IPAddress.TryParse(Encoding.ASCII.GetString(text), out var address) && address.AddressFamily == family
            ? address
            : null;
    }

    private static IPAddress? TryIPv4(ReadOnlySpan<byte> text)
    {
        Span<byte> address = stackalloc byte[4];
        for (var i = 0; i < 4; i++)
        {
            var dot = text.IndexOf((byte)'.');
            var isLast = i == 3;
            if (isLast != (dot < 0) || !TryNumber(isLast ? text : text[..dot], 255, out var value))
                return null;
            address[i] = (byte)value;
            if (!isLast)
                text = text[(dot + 1)..];
        }

        return new IPAddress(address);
    }

    // "Heading zeroes are not permitted in front of numbers"
    private static bool TryNumber(ReadOnlySpan<byte> text, int most, out int value)
    {
        value = 0;
        if (text.Length is 0 or > 5 || (text.Length > 1 && text[0] == '0'))
            return false;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + digit - '0';
        }

        return value <= most;
    }
}
