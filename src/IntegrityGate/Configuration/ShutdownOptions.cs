namespace IntegrityGate.Configuration;

/// <summary>How the gate goes.</summary>
/// <param name="Delay">How long <c>/health/ready</c> says no before the RTMP ports close, so that load balancers send nobody any more.</param>
/// <param name="Grace">Time that publishers and players have to leave after that.</param>
/// <param name="ReconnectUrl">The tcUrl that enhanced clients are asked to move to; empty: the one they used.</param>
public sealed record ShutdownOptions(TimeSpan Delay, TimeSpan Grace, string ReconnectUrl);
