namespace IntegrityGate.Reporting.Streams;

/// <summary>Where a stream is in its life.</summary>
public enum StreamState
{
    /// <summary>Accepted; no media yet.</summary>
    Starting = 0,

    /// <summary>Media flows.</summary>
    Live = 1,

    /// <summary>The publisher is away and may come back to the same session.</summary>
    Waiting = 2,

    /// <summary>It is being ended.</summary>
    Ending = 3,
}
