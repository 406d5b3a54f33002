namespace IntegrityGate.Core.Evidence;

/// <summary>The two forms of an explicit label for the ear (GB 45438-2025 5.3).</summary>
public enum AudibleMarkKind
{
    /// <summary>The rhythm short-long, short-short: "AI" in Morse code.</summary>
    Rhythm,

    /// <summary>A spoken label: one of the operator's clips.</summary>
    Spoken,
}
