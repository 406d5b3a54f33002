namespace IntegrityGate.Routing;

/// <summary>
/// The one meaning of patterns of hosts, apps, streams and paths: <c>*</c> is any run of characters without a slash, <c>**</c> with slashes; a
/// captured run has at least one character and no slash. The whole text must fit; letters' case counts. Strangers give the text, and tokens
/// the pattern as well: no pair of them takes more time than the product of their lengths.
/// </summary>
internal sealed class PathPattern
{
    private readonly List<Piece> _pieces = [];
    private bool _captures;

    /// <summary>True when the whole of <paramref name="text"/> fits a pattern in which only stars have a meaning.</summary>
    public static bool Matches(string pattern, string text) => Of(pattern).Fits(text, null);

    /// <summary>A pattern in which only stars have a meaning.</summary>
    public static PathPattern Of(string text)
    {
        var pattern = new PathPattern();
        pattern.Add(text);
        return pattern;
    }

    /// <summary>Puts text behind the pattern, in which only stars have a meaning.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var star = text.IndexOf('*');
            var length = star < 0 ? text.Length : star > 0 ? star : text.StartsWith("**") ? 2 : 1;
            _pieces.Add(star == 0 ? new Piece(null, IsDeep: length == 2, IsCaptured: false) : new Piece(text[..length].ToString(), IsDeep: false, IsCaptured: false));
            text = text[length..];
        }
    }

    /// <summary>Puts a captured run behind the pattern.</summary>
    public void AddCapture()
    {
        _pieces.Add(new Piece(null, IsDeep: false, IsCaptured: true));
        _captures = true;
    }

    /// <summary>True when the whole text fits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="captured">Gets the captured runs in their order when it fits. Where the text fits in several ways, each run takes as much as it can, the first one first.</param>
    public bool Fits(string text, List<string>? captured)
    {
        // fits[i]: the pieces that were looked at, the last ones, fit the text from i on.
        var fits = new bool[text.Length + 1];
        fits[^1] = true;
        var isKept = _captures && captured is not null;
        var behind = new bool[isKept ? _pieces.Count : 0][];
        for (var at = _pieces.Count - 1; at >= 0; at--)
        {
            if (isKept)
                behind[at] = [.. fits];
            _pieces[at].Prepend(text, fits);
        }

        if (fits[0] && isKept)
            Capture(text, behind, captured!);
        return fits[0];
    }

    private void Capture(string text, bool[][] behind, List<string> captured)
    {
        var from = 0;
        for (var at = 0; at < _pieces.Count; at++)
        {
            var piece = _pieces[at];
            var to = from + (piece.Literal?.Length ?? 0);
            if (piece.Literal is null)
            {
                while (to < text.Length && piece.Takes(text[to]))
                    to++;
                while (!behind[at][to])
                    to--;
            }

            if (piece.IsCaptured)
                captured.Add(text[from..to]);
            from = to;
        }
    }

    /// <param name="Literal">What stands for itself; null for a run.</param>
    /// <param name="IsDeep">True for a run that takes slashes.</param>
    /// <param name="IsCaptured">True for a captured run.</param>
    private readonly record struct Piece(string? Literal, bool IsDeep, bool IsCaptured)
    {
        public bool Takes(char one) => IsDeep || one != '/';

        /// <summary>Turns where the pieces behind this one fit into where they fit with this one before them.</summary>
        public void Prepend(ReadOnlySpan<char> text, bool[] fits)
        {
            if (Literal is not null)
            {
                for (var i = 0; i < fits.Length; i++)
                    fits[i] = i + Literal.Length <= text.Length && fits[i + Literal.Length] && text[i..].StartsWith(Literal, StringComparison.Ordinal);
                return;
            }

            for (var i = text.Length - 1; i >= 0; i--)
                fits[i] |= fits[i + 1] && Takes(text[i]);
            if (!IsCaptured)
                return;
            for (var i = 0; i < text.Length; i++)
                fits[i] = fits[i + 1] && Takes(text[i]);
            fits[^1] = false;
        }
    }
}
