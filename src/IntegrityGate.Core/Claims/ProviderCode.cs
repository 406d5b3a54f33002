namespace IntegrityGate.Core.Claims;

/// <summary>
/// The 27-character code of a provider (TC260-PG-20252A): <c>00</c>, subject type, binding, 18-character unified social
/// credit code, service, four characters of the provider's own. Never made up here: it comes from configuration.
/// </summary>
/// <param name="Value">The code.</param>
public sealed record ProviderCode(string Value)
{
    /// <summary>Length in characters.</summary>
    public const int Length = 27;

    // GB 32100-2015: no I, O, S, V, Z.
    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>The organisation's 18-character unified social credit code.</summary>
    public string CreditCode => Value[4..22];

    /// <summary>The service: <c>1</c> generation, <c>2</c> propagation, <c>0</c> not given.</summary>
    public char Service => Value[22];

    /// <summary>Reads a code and checks it.</summary>
    /// <param name="text">The code.</param>
    /// <param name="code">The code; null on failure.</param>
    /// <param name="reason">What is wrong; empty on success.</param>
    public static bool TryParse(string? text, out ProviderCode? code, out string reason)
    {
        code = null;
        reason = Check(text ?? "");
        if (reason.Length > 0)
            return false;
        code = new ProviderCode(text!);
        return true;
    }

    /// <summary>True when a text has the shape of a code (27 digits and upper-case letters that begin with 00), so that a mistyped code is not taken for a name.</summary>
    /// <param name="text">The text.</param>
    public static bool LooksLikeCode(string text) => text.Length == Length && text.StartsWith("00", StringComparison.Ordinal) && AllCodeCharacters(text);

    /// <summary>True for a code of an organisation (characters 3 and 4 are 11) whose unified social credit code has a wrong check character: nobody was given it.</summary>
    /// <param name="text">A code or a name; names and codes of other kinds are never wrong.</param>
    public static bool HasWrongCheck(string text) => LooksLikeCode(text) && text[2] == '1' && text[3] == '1' && !HasValidCreditCode(text.AsSpan(4, 18));

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static string Check(string text)
    {
        if (text.Length != Length)
            return $"A provider code has {Length} characters, this has {text.Length}.";
        if (!AllCodeCharacters(text))
            return "A provider code has digits and upper-case letters only.";
        if (!text.StartsWith("00", StringComparison.Ordinal))
            return "A provider code begins with 00.";
        if (text[2] != '1' || text[3] != '1')
            return "Only codes of organisations that are bound to a unified social credit code (characters 3 and 4 are 11) can be checked.";
        if (!HasValidCreditCode(text.AsSpan(4, 18)))
            return "The check character of the unified social credit code (characters 5 to 22, GB 32100-2015) does not fit.";
        if (text[22] is not ('0' or '1' or '2'))
            return "Character 23 names the service: 1 generation, 2 propagation, 0 none.";
        return text[22] == '0' && !text.EndsWith("00000", StringComparison.Ordinal) ? "Without a service the last five characters are 00000." : "";
    }

    private static bool AllCodeCharacters(string text) => text.All(character => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character));

    // GB 32100-2015: weights 3^i mod 31 over the first 17 characters, check value 31 minus the sum mod 31.
    private static bool HasValidCreditCode(ReadOnlySpan<char> credit)
    {
        var sum = 0;
        var weight = 1;
        for (var i = 0; i < 17; i++)
        {
            var value = CreditAlphabet.IndexOf(credit[i], StringComparison.Ordinal);
            if (value < 0)
                return false;
            sum += value * weight;
            weight = weight * 3 % 31;
        }

        return CreditAlphabet[(31 - (sum % 31)) % 31] == credit[17];
    }
}
