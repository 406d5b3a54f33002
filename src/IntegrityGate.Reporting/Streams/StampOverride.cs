namespace IntegrityGate.Reporting.Streams;

/// <summary>An operator's hand on the stamp.</summary>
public enum StampOverride
{
    /// <summary>None: verdict and policy decide.</summary>
    None = 0,

    /// <summary>A stamp is forced.</summary>
    Forced = 1,

    /// <summary>The stamp is lifted.</summary>
    Lifted = 2,
}
