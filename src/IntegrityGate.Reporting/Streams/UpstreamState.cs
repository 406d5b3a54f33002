namespace IntegrityGate.Reporting.Streams;

/// <summary>How the connection to the upstream stands.</summary>
public enum UpstreamState
{
    /// <summary>No upstream is configured; the gate serves viewers itself.</summary>
    None = 0,

    /// <summary>Being connected.</summary>
    Connecting = 1,

    /// <summary>Connected and accepted.</summary>
    Connected = 2,

    /// <summary>Lost; the gate tries again.</summary>
    Reconnecting = 3,

    /// <summary>Given up.</summary>
    Failed = 4,
}
