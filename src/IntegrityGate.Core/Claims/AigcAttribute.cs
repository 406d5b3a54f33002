namespace IntegrityGate.Core.Claims;

/// <summary>What is claimed of content; 1 to 3 are the <c>Label</c> field of an implicit label, whose values are those of GB 45438-2025 Annex E.</summary>
public enum AigcAttribute
{
    /// <summary>"1": is AI-generated or synthesised.</summary>
    Generated = 1,

    /// <summary>"2": may be.</summary>
    Possible = 2,

    /// <summary>"3": suspected.</summary>
    Suspected = 3,

    /// <summary>Declared as not generated. No value of Annex E: a declaration only, which lowers no finding and can contradict other claims.</summary>
    NotGenerated = 4,
}
