using System.Buffers;

namespace IntegrityGate.Media.Rtmp.Proxy;

/// <summary>
/// Reads the header that a load balancer puts before a connection's first byte (the PROXY protocol, versions 1 and 2, as specified in haproxy's
/// <c>doc/proxy-protocol.txt</c>). Never throws, keeps nothing, and gives up at the first byte that cannot belong to one.
/// </summary>
public static class ProxyHeaderParser
{
    /// <summary>Reads from the first bytes of a connection.</summary>
    /// <param name="bytes">What has come so far, from the very first byte; whatever follows the header is not looked at.</param>
    /// <param name="maxBytes">Longest version 2 header that is accepted, bytes; version 1 has its own end at <see cref="ProxyHeaderV1.MaxBytes"/>.</param>
    public static ProxyHeader Parse(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        if (bytes.IsEmpty)
            return ProxyHeader.NeedMore;
        if (Begins(bytes, ProxyHeaderV1.Prefix))
            return bytes.Length < ProxyHeaderV1.Prefix.Length ? ProxyHeader.NeedMore : ProxyHeaderV1.Parse(bytes);
        if (Begins(bytes, ProxyHeaderV2.Signature))
            return bytes.Length < ProxyHeaderV2.FixedBytes ? ProxyHeader.NeedMore : ProxyHeaderV2.Parse(bytes, maxBytes);
        return ProxyHeader.Missing(bytes[0]);
    }

    /// <summary>Reads from the first bytes of a connection as a pipe holds them.</summary>
    public static ProxyHeader Parse(ReadOnlySequence<byte> bytes, int maxBytes)
    {
        var most = Math.Max(maxBytes, ProxyHeaderV1.MaxBytes);
        if (bytes.FirstSpan.Length >= most || bytes.IsSingleSegment)
            return Parse(bytes.FirstSpan, maxBytes);
        var part = bytes.Length > most ? bytes.Slice(0, most) : bytes;
        return Parse(part.ToArray(), maxBytes);
    }

    private static bool Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> with)
    {
        var common = Math.Min(bytes.Length, with.Length);
        return bytes[..common].SequenceEqual(with[..common]);
    }
}
