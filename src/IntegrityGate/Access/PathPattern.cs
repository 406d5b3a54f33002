namespace IntegrityGate.Access;

/// <summary>Patterns of apps, streams and <c>app/stream</c> paths: <c>*</c> is any run of characters without a slash, <c>**</c> with slashes.</summary>
internal static class PathPattern
{
    /// <summary>True when the whole of <paramref name="text"/> fits; letters' case counts. Time is at most the product of the lengths.</summary>
    public static bool Matches(string pattern, string text)
    {
        // fits[i]: the pattern so far fits the first i characters.
        var fits = new bool[text.Length + 1];
        fits[0] = true;
        for (var at = 0; at < pattern.Length; at++)
        {
            var isStar = pattern[at] == '*';
            var isDeep = isStar && at + 1 < pattern.Length && pattern[at + 1] == '*';
            if (isDeep)
                at++;
            if (isStar)
            {
                for (var i = 1; i <= text.Length; i++)
                    fits[i] |= fits[i - 1] && (isDeep || text[i - 1] != '/');
                continue;
            }

            for (var i = text.Length; i > 0; i--)
                fits[i] = fits[i - 1] && text[i - 1] == pattern[at];
            fits[0] = false;
        }

        return fits[text.Length];
    }
}
