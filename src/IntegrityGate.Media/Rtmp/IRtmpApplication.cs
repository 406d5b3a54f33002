namespace IntegrityGate.Media.Rtmp;

/// <summary>What the RTMP server asks of the program behind it. Implementations must stand many connections at once.</summary>
public interface IRtmpApplication
{
    /// <summary>
    /// Decides on a publisher and makes room for its stream. The publisher is told <c>NetStream.Publish.Start</c> only after the answer, so authorise
    /// and connect the upstream first.
    /// </summary>
    /// <param name="request">Who wants to publish what.</param>
    /// <param name="ct">Fires when the publisher is gone or the gate stops; the answer is then completed at once if it accepted.</param>
    ValueTask<PublishAnswer> PublishAsync(PublishRequest request, CancellationToken ct);

    /// <summary>Decides on a player and opens its queue.</summary>
    ValueTask<PlayAnswer> PlayAsync(PlayRequest request, CancellationToken ct);

    /// <summary>
    /// What enhanced RTMP features the gate may promise on an app. The connect comes before the stream name that picks the route: give the
    /// intersection of what the upstreams reachable from that app can do.
    /// </summary>
    /// <param name="app">The app as the peer sent it.</param>
    RtmpCapabilities CapabilitiesFor(string app);
}
