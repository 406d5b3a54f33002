using System.Net;

namespace IntegrityGate.Media.Rtmp.Proxy;

/// <summary>A PROXY header that was read, or why there is none yet or none at all.</summary>
/// <param name="Status">What came of it; the rest has a meaning only as said there.</param>
/// <param name="Length">Bytes of the whole header, of which the connection's own bytes begin; 0 unless Ok.</param>
/// <param name="Source">Who connected to the proxy; null when the header names nobody (LOCAL, UNKNOWN, UNSPEC, a Unix socket): then the real peer counts.</param>
/// <param name="Destination">Where to; null when <paramref name="Source"/> is.</param>
/// <param name="Error">What is wrong, in words, without the peer's bytes; null unless Missing or Malformed.</param>
public readonly record struct ProxyHeader(ProxyHeaderStatus Status, int Length = 0, IPEndPoint? Source = null, IPEndPoint? Destination = null, string? Error = null)
{
    /// <summary>More bytes are needed.</summary>
    internal static ProxyHeader NeedMore => default;

    /// <summary>A whole header that names nobody.</summary>
    internal static ProxyHeader WithoutAddress(int length) => new(ProxyHeaderStatus.Ok, length);

    /// <summary>A header that breaks the specification.</summary>
    internal static ProxyHeader Malformed(string error) => new(ProxyHeaderStatus.Malformed, Error: error);

    /// <summary>No header.</summary>
    internal static ProxyHeader Missing(byte first) =>
        new(ProxyHeaderStatus.Missing, Error: $"the connection begins with no PROXY header (first byte 0x{first:x2})");
}
