using System.Net;
using System.Net.Security;

namespace IntegrityGate.Media.Rtmp.Listeners;

/// <summary>How one port takes connections.</summary>
public sealed record RtmpListenerOptions
{
    /// <summary>RTMP from the first byte.</summary>
    public static RtmpListenerOptions Plain { get; } = new();

    /// <summary>Networks of the load balancers that put a PROXY header before each connection; with any of them listed every connection must bring one. Empty: none is read.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Gives the TLS settings for the name that a client asks for (SNI; empty when it asks for none); called for each connection. Null: no TLS.</summary>
    public Func<string, SslServerAuthenticationOptions>? Tls { get; init; }
}
