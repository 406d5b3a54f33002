using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp.Chunks;
using IntegrityGate.Media.Rtmp.Listeners;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>Puts into words what the watch and the chunk reader found: fault, limit, and what the peer is told.</summary>
internal static class SessionVerdicts
{
    /// <summary>The end that a verdict means; null when it means none.</summary>
    public static SessionEnd? ToEnd(WatchVerdict verdict, IngestLimits limits) => verdict switch
    {
        WatchVerdict.HandshakeTimeout => new SessionEnd(
            GateFault.PublisherHandshake, $"no handshake within {limits.HandshakeTimeout}", nameof(IngestLimits.HandshakeTimeout)),
        WatchVerdict.CommandTimeout => new SessionEnd(
            GateFault.PublisherLimit, $"no publish or play within {limits.CommandTimeout}", nameof(IngestLimits.CommandTimeout), RtmpStatus.ConnectClosed),
        WatchVerdict.IdleTimeout => new SessionEnd(
            GateFault.PublisherIdle, $"nothing came for {limits.IdleTimeout}", nameof(IngestLimits.IdleTimeout), RtmpStatus.PublishIdle),
        WatchVerdict.RateTooLow => new SessionEnd(
            GateFault.PublisherLimit,
            $"less than {limits.MinPublishBytesPerSecond} bytes a second over {limits.MinPublishRateGrace}",
            nameof(IngestLimits.MinPublishBytesPerSecond),
            RtmpStatus.PublishIdle),
        WatchVerdict.PingTimeout => new SessionEnd(
            GateFault.PublisherIdle, $"no answer to a ping within {limits.PingTimeout}", nameof(IngestLimits.PingTimeout)),
        WatchVerdict.SendTimeout => new SessionEnd(
            GateFault.PublisherLimit, $"the peer read nothing for {limits.SendTimeout}", nameof(IngestLimits.SendTimeout))
        { IsAbrupt = true },
        WatchVerdict.DrainOver => new SessionEnd(GateFault.GateShutdown, "the gate is shutting down", Code: RtmpStatus.ConnectClosed),
        _ => null,
    };

    /// <summary>The end that broken chunks mean.</summary>
    public static SessionEnd ToEnd(ChunkReader reader, SessionStage stage) => new(
        reader.BreachedLimit is null ? GateFault.PublisherProtocol : GateFault.PublisherLimit,
        reader.Error ?? "broken chunks",
        reader.BreachedLimit,
        stage == SessionStage.Publishing ? RtmpStatus.PublishFailed : RtmpStatus.ConnectClosed);

    /// <summary>The end of a peer who does not begin with version 3.</summary>
    public static SessionEnd ToEnd(byte first)
    {
        var (reason, words) = FirstBytes.Name(first);
        return new SessionEnd(GateFault.PublisherHandshake, words) { TurnedAway = reason };
    }
}
