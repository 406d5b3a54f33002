using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Configuration;

/// <summary>The server behind the gate.</summary>
/// <param name="Target">Where it is; null when streams are kept in the gate.</param>
/// <param name="ConnectTimeout">From TCP connect to Publish.Start.</param>
/// <param name="ReconnectMin">First wait after a loss.</param>
/// <param name="ReconnectMax">Longest wait.</param>
/// <param name="BufferBytes">What a stalled upstream may hold back.</param>
public sealed record UpstreamOptions(RtmpTarget? Target, TimeSpan ConnectTimeout, TimeSpan ReconnectMin, TimeSpan ReconnectMax, long BufferBytes);
