using System.Net;

namespace IntegrityGate.Configuration;

/// <summary>Where encoders publish, and what a stranger may cost.</summary>
public sealed record RtmpListenOptions(
    IPAddress Address,
    int Port,
    IReadOnlyList<IPNetwork> Proxies,
    int MaxMessageBytes,
    int MaxPartialBytes,
    int MaxChunkStreams,
    TimeSpan HandshakeTimeout,
    TimeSpan TlsHandshakeTimeout,
    TimeSpan ProxyHeaderTimeout,
    int MaxProxyHeaderBytes,
    TimeSpan IdleTimeout,
    int MaxConnections,
    int MaxConnectionsPerAddress,
    int MaxPublishesPerSecond,
    LoopOptions Loops)
{
    /// <inheritdoc/>
    public bool Equals(RtmpListenOptions? other) =>
        other is not null && Address.Equals(other.Address) && Port == other.Port && Proxies.SequenceEqual(other.Proxies) && MaxMessageBytes == other.MaxMessageBytes
        && MaxPartialBytes == other.MaxPartialBytes && MaxChunkStreams == other.MaxChunkStreams && HandshakeTimeout == other.HandshakeTimeout && IdleTimeout == other.IdleTimeout
        && TlsHandshakeTimeout == other.TlsHandshakeTimeout && ProxyHeaderTimeout == other.ProxyHeaderTimeout && MaxProxyHeaderBytes == other.MaxProxyHeaderBytes
        && MaxConnections == other.MaxConnections && MaxConnectionsPerAddress == other.MaxConnectionsPerAddress && MaxPublishesPerSecond == other.MaxPublishesPerSecond
        && Loops == other.Loops;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Port, Proxies.Count);
}
