namespace IntegrityGate.Core.Claims;

/// <summary>Reads a declaration off the publish URL's query (CAC Measures art. 10): <c>?aigc=1</c>, <c>2</c> or <c>3</c>, or <c>true</c>; <c>0</c> or <c>false</c> declares it as not generated.</summary>
public static class PublishQuery
{
    /// <summary>Id of the claim that a query makes; a stream has at most one.</summary>
    public const string ClaimId = "publish-query";

    /// <summary>2,048 characters: no encoder's query is longer; a longer one is not read at all, since half a parameter could read as another.</summary>
    public const int MaxCharacters = 2048;

    /// <summary>Reads a query.</summary>
    /// <param name="query">The query without its question mark; other parameters (the key's own) are passed over.</param>
    /// <returns>The claim, the strongest when <c>aigc</c> stands more than once; null when there is none or its value is nonsense.</returns>
    public static Claim? Read(string? query)
    {
        if (string.IsNullOrEmpty(query) || query.Length > MaxCharacters)
            return null;
        AigcAttribute? attribute = null;
        foreach (var part in query.TrimStart('?').Split('&'))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || !part.AsSpan(0, at).Equals("aigc", StringComparison.OrdinalIgnoreCase))
                continue;
            if (AttributeOf(Uri.UnescapeDataString(part[(at + 1)..])) is { } claimed && (attribute is not { } held || claimed < held))
                attribute = claimed;
        }

        return attribute is { } found ? new Claim(ClaimId, ClaimSource.PublishQuery, found, By: "publisher") : null;
    }

    private static AigcAttribute? AttributeOf(string value) => value switch
    {
        "1" => AigcAttribute.Generated,
        "2" => AigcAttribute.Possible,
        "3" => AigcAttribute.Suspected,
        "0" => AigcAttribute.NotGenerated,
        _ when value.Equals("true", StringComparison.OrdinalIgnoreCase) => AigcAttribute.Generated,
        _ when value.Equals("false", StringComparison.OrdinalIgnoreCase) => AigcAttribute.NotGenerated,
        _ => null,
    };
}
