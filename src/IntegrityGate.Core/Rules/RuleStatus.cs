namespace IntegrityGate.Core.Rules;

/// <summary>Whether a rule is law.</summary>
public enum RuleStatus
{
    /// <summary>Law from its date on.</summary>
    InForce = 0,

    /// <summary>Proposed; demands nothing yet.</summary>
    Draft = 1,

    /// <summary>Replaced by a later rule; demands nothing any more.</summary>
    Superseded = 2,
}
