namespace IntegrityGate.Media.Rtmp;

/// <summary>Where enhanced clients are asked to go when the gate drains (E-RTMP v2, "Reconnect Request").</summary>
/// <param name="TcUrl">The tcUrl to connect to; empty: the one they used.</param>
public sealed record ReconnectAdvice(string TcUrl);
