namespace IntegrityGate.LoadHarness.Load;

/// <summary>What the load process is told to do.</summary>
internal enum LoadVerb
{
    /// <summary>Connect the publishers.</summary>
    Start,

    /// <summary>Play a stream.</summary>
    Play,

    /// <summary>Begin a measurement.</summary>
    Mark,

    /// <summary>Say what arrived since the mark.</summary>
    Report,

    /// <summary>End all publishers.</summary>
    Stop,
}
