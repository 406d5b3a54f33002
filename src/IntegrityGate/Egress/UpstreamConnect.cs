using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Egress;

/// <summary>Connects to a server and publishes.</summary>
/// <param name="advice">Where the server last asked us to go; null when it did not.</param>
/// <param name="cancellationToken">Gives up.</param>
public delegate Task<RtmpClient> UpstreamConnect(ReconnectAdvice? advice, CancellationToken cancellationToken);
