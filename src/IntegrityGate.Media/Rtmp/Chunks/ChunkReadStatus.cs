namespace IntegrityGate.Media.Rtmp.Chunks;

/// <summary>What the chunk reader made of the bytes it was given.</summary>
public enum ChunkReadStatus
{
    /// <summary>More bytes are needed.</summary>
    NeedMore,

    /// <summary>One message is complete.</summary>
    Ok,

    /// <summary>The bytes break the protocol or a limit; the connection cannot go on.</summary>
    Malformed,
}
