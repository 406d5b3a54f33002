using System.Net;
using IntegrityGate.Core;

namespace IntegrityGate.Configuration;

/// <summary>Where encoders publish, and what a stranger may cost.</summary>
public sealed record RtmpListenOptions(
    IPAddress Address,
    int Port,
    ValueList<IPNetwork> Proxies,
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
    LoopOptions Loops);
