namespace IntegrityGate.Media.Rtmp.Proxy;

/// <summary>What came of reading a PROXY header.</summary>
public enum ProxyHeaderStatus
{
    /// <summary>More bytes are needed to say anything.</summary>
    NeedMore,

    /// <summary>The header is whole.</summary>
    Ok,

    /// <summary>The connection does not begin with a PROXY header.</summary>
    Missing,

    /// <summary>It begins as one and breaks the specification.</summary>
    Malformed,
}
