namespace IntegrityGate.Media.Flv;

/// <summary>What a parser made of the bytes it was given.</summary>
public enum FlvReadStatus
{
    /// <summary>More bytes are needed.</summary>
    NeedMore,

    /// <summary>One element was read.</summary>
    Ok,

    /// <summary>The bytes cannot be FLV.</summary>
    Malformed,
}
