namespace IntegrityGate.Enforcement.Judging;

/// <summary>What the synthetic-media detector alone has established.</summary>
public enum DetectorLevel
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A person should look.</summary>
    Review = 1,

    /// <summary>Sure enough to stamp.</summary>
    Stamp = 2,
}
