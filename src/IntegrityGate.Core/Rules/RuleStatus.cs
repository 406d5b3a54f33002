namespace IntegrityGate.Core.Rules;

/// <summary>Whether a rule is law.</summary>
public enum RuleStatus
{
    /// <summary>Law from its date on.</summary>
    InForce = 0,

    /// <summary>Proposed; demands nothing yet.</summary>
    Draft = 1,

    /// <summary>Replaced by a later rule; law up to the day on which it ended, if it ever was.</summary>
    Superseded = 2,

    /// <summary>Recommended by its instrument and not demanded; demands nothing by itself.</summary>
    Voluntary = 3,

    /// <summary>What the pack's authors know of it is too little to demand it; demands nothing by itself.</summary>
    Uncertain = 4,
}
