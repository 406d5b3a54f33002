namespace IntegrityGate.Media.Amf;

/// <summary>What a reader made of the next bytes of a message.</summary>
public enum AmfReadStatus
{
    /// <summary>One value was read.</summary>
    Ok,

    /// <summary>No bytes are left.</summary>
    End,

    /// <summary>The bytes are damaged or go over a limit; what could be read of the value is given nevertheless.</summary>
    Malformed,
}
