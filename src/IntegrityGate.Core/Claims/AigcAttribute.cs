namespace IntegrityGate.Core.Claims;

/// <summary>The <c>Label</c> field of an implicit label; the values are those of GB 45438-2025 Annex E.</summary>
public enum AigcAttribute
{
    /// <summary>"1": is AI-generated or synthesised.</summary>
    Generated = 1,

    /// <summary>"2": may be.</summary>
    Possible = 2,

    /// <summary>"3": suspected.</summary>
    Suspected = 3,
}
