namespace IntegrityGate.Core.Claims;

/// <summary>Who this platform is in an implicit label: its provider code, or its name.</summary>
/// <param name="Value">The code or the name.</param>
public sealed record PropagatorIdentity(string Value)
{
    /// <summary>64 characters: names are short; the label's 1,024 bytes are shared with six other fields and the name may stand twice.</summary>
    public const int MaxCharacters = 64;

    /// <summary>Checks a configured value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="identity">The identity; null on failure.</param>
    /// <param name="reason">What is wrong; empty on success.</param>
    public static bool TryParse(string? text, out PropagatorIdentity? identity, out string reason)
    {
        identity = null;
        reason = "";
        if (string.IsNullOrEmpty(text))
            reason = "The platform's provider code or name is missing (GB 45438-2025 Annex E, ContentPropagator).";
        else if (text.Length > MaxCharacters)
            reason = $"At most {MaxCharacters} characters.";
        else if (!AigcJson.InCharset(text))
            reason = "Only the characters of GB 45438-2025 Annex E j): no spaces, no Chinese, no backslash.";
        else if (ProviderCode.LooksLikeCode(text) && !ProviderCode.TryParse(text, out _, out var fault))
            reason = fault;
        else
            identity = new PropagatorIdentity(text);
        return identity is not null;
    }
}
