namespace IntegrityGate.Core.Claims;

/// <summary>What a reader holds of an implicit label. A missing label is never a failed check.</summary>
public enum AigcVerdict
{
    /// <summary>There is none.</summary>
    NotFound = 0,

    /// <summary>Exactly one, as GB 45438-2025 Annex E has it.</summary>
    Compliant = 1,

    /// <summary>It was read, and breaks a rule of Annex E.</summary>
    NonCompliant = 2,

    /// <summary>Something is there that could not be read.</summary>
    Inconclusive = 3,
}
