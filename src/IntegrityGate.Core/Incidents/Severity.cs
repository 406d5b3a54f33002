namespace IntegrityGate.Core.Incidents;

/// <summary>How much an incident matters to whoever reads the feed.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info = 0,

    /// <summary>A person should look; nothing is established.</summary>
    Review = 1,

    /// <summary>A duty is not met.</summary>
    Violation = 2,

    /// <summary>A duty is not met and the gate could not mend it.</summary>
    Critical = 3,
}
