using System.Net;

namespace IntegrityGate.Configuration;

/// <summary>Where encoders publish, and what a stranger may cost.</summary>
public sealed record RtmpListenOptions(
    IPAddress Address,
    int Port,
    int MaxMessageBytes,
    int MaxPartialBytes,
    int MaxChunkStreams,
    TimeSpan HandshakeTimeout,
    TimeSpan IdleTimeout,
    int MaxConnectionsPerAddress);
