namespace IntegrityGate.Media.Rtmp;

/// <summary>Where a server asks its enhanced clients to go, when it drains for one (E-RTMP v2, "Reconnect Request").</summary>
/// <param name="TcUrl">The tcUrl to connect to, an absolute or a relative reference; empty: the one they used. May hold a credential.</param>
public sealed record ReconnectAdvice(string TcUrl)
{
    /// <summary>Never the URL.</summary>
    public override string ToString() => nameof(ReconnectAdvice);
}
