namespace IntegrityGate.Core.Judging;

/// <summary>The three tiers of art. 6 of the CAC Measures, and none. Higher is surer.</summary>
public enum Tier
{
    /// <summary>Nothing speaks for AI content.</summary>
    None = 0,

    /// <summary>疑似: no implicit label verified, none declared, but an explicit label or other traces were detected (art. 6(3)).</summary>
    Suspected = 1,

    /// <summary>可能: no implicit label verified, but the user declares it (art. 6(2)).</summary>
    Possible = 2,

    /// <summary>确认: an implicit label in the metadata says so (art. 6(1)).</summary>
    Confirmed = 3,
}
