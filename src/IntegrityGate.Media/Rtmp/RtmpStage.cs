namespace IntegrityGate.Media.Rtmp;

/// <summary>The steps by which a client reaches a server; errors name the one that failed.</summary>
public enum RtmpStage
{
    /// <summary>Name look-up and TCP connection.</summary>
    Connect,

    /// <summary>TLS.</summary>
    Tls,

    /// <summary>RTMP handshake.</summary>
    Handshake,

    /// <summary>The connect command.</summary>
    ConnectCommand,

    /// <summary>The createStream command.</summary>
    CreateStream,

    /// <summary>The publish command.</summary>
    Publish,

    /// <summary>The play command.</summary>
    Play,

    /// <summary>The stream runs.</summary>
    Streaming,
}
