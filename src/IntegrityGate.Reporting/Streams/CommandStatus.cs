namespace IntegrityGate.Reporting.Streams;

/// <summary>What became of a command.</summary>
public enum CommandStatus
{
    /// <summary>Done, or sure to be done next.</summary>
    Applied = 0,

    /// <summary>The stream is not live, or what the command names is no longer there.</summary>
    NotLive = 1,

    /// <summary>The stream cannot do it now.</summary>
    Refused = 2,
}
