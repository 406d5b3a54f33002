namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>What the watch says at a tick.</summary>
internal enum WatchVerdict
{
    Fine,
    SendPing,
    HandshakeTimeout,
    CommandTimeout,
    IdleTimeout,
    RateTooLow,
    PingTimeout,
    SendTimeout,
    DrainOver,
    LingerOver,
}
