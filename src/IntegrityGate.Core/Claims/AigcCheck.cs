namespace IntegrityGate.Core.Claims;

/// <summary>The checks of the implicit-label reader; the ids are printed and kept, so they never change their meaning.</summary>
public static class AigcCheck
{
    /// <summary>The value is JSON.</summary>
    public const string Json = "aigc.json";

    /// <summary>The value is not over <see cref="AigcJson.MaxReadCharacters"/>.</summary>
    public const string Size = "aigc.size";

    /// <summary>The value is JSON once, not JSON in a JSON string.</summary>
    public const string EncodedTwice = "aigc.encoded_twice";

    /// <summary>Exactly one label (GB 45438-2025 6.1 c).</summary>
    public const string One = "aigc.one";

    /// <summary>No field stands twice.</summary>
    public const string Duplicate = "aigc.field.duplicate";

    /// <summary>Field names are spelled as in Annex E.</summary>
    public const string Spelling = "aigc.field.spelling";

    /// <summary>All seven fields are there (Annex E).</summary>
    public const string Missing = "aigc.field.missing";

    /// <summary>Every field is a JSON string (Annex E).</summary>
    public const string Type = "aigc.field.type";

    /// <summary>Values keep to 0x21, 0x23-0x5B, 0x5D-0x7E and <c>\"</c> (Annex E j).</summary>
    public const string Charset = "aigc.field.charset";

    /// <summary><c>Label</c> is "1", "2" or "3" (Annex E).</summary>
    public const string Value = "aigc.label.value";
}
