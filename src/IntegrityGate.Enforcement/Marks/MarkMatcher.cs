namespace IntegrityGate.Enforcement.Marks;

/// <summary>
/// Finds the mark that a line is. A line is a mark only when nothing is left of it beside the mark and the few words that go with
/// one: chat, captions and titles that merely name a generator say more. Pure; shared by all streams.
/// </summary>
internal sealed class MarkMatcher
{
    [Flags]
    private enum Ways
    {
        None = 0,
        Plain = 1,
        WithMaker = 2,
    }

    private readonly (TextMark Mark, MarkText Text)[] _marks;
    private readonly MarkText[] _fillers;
    private readonly MarkText[] _makers;
    private readonly MarkText[] _suffixes;
    private readonly MarkText[] _negations;
    private readonly string[] _questions;

    /// <param name="catalog">The marks.</param>
    public MarkMatcher(MarkCatalog catalog)
    {
        var document = catalog.Document;
        // Longest first: of two marks in a line the one that says more is it.
        _marks = [.. document.Marks.SelectMany(mark => mark.Texts.Select(text => (mark, MarkText.Of(text)))).OrderByDescending(pair => pair.Item2.Length)];
        _fillers = Prepare(document.Fillers);
        _makers = Prepare(document.Makers);
        _suffixes = Prepare(document.Suffixes);
        _negations = Prepare(document.Negations);
        _questions = [.. document.Negations.Where(word => MarkText.Of(word).Length == 0)];
    }

    /// <summary>The mark that a line is.</summary>
    /// <param name="line">As read.</param>
    /// <param name="maxCharacters">A longer line is none.</param>
    /// <returns>The mark and its kind in this line ("made with" makes a statement of a name); null when it is none.</returns>
    public (TextMark Mark, MarkKind Kind)? Match(string line, int maxCharacters)
    {
        var text = MarkText.Of(line);
        if (text.Length == 0 || text.Length > maxCharacters || IsNegated(line, text))
            return null;
        foreach (var (mark, wanted) in _marks)
        {
            for (var at = 0; at + wanted.Length <= text.Length; at++)
            {
                var exact = text.StandsAt(at, wanted);
                if (!exact && !(mark.Kind == MarkKind.Statement && text.AlmostStandsAt(at, wanted)))
                    continue;
                if (KindOf(mark, text, at, wanted) is { } kind)
                    return (mark, kind);
            }
        }

        return null;
    }

    private MarkKind? KindOf(TextMark mark, MarkText text, int at, MarkText wanted)
    {
        var end = at + wanted.Length;
        if (mark.Kind == MarkKind.Statement)
            return Cover(text, 0, at, true) != Ways.None && Cover(text, end, text.Length, true) != Ways.None ? MarkKind.Statement : null;
        if (!text.HasCaseOf(at, wanted))
            return null;
        if (at == 0 && Cover(text, end, text.Length, false) != Ways.None)
            return mark.Kind;
        var before = Cover(text, 0, at, true);
        var after = Cover(text, end, text.Length, true);
        if (before == Ways.None || after == Ways.None)
            return null;
        return (before | after).HasFlag(Ways.WithMaker) ? MarkKind.Statement : null;
    }

    // In which ways a stretch is made up of words that go with a mark: versions after a name, and, when words may, fillers and makers.
    private Ways Cover(MarkText text, int from, int to, bool words)
    {
        Span<Ways> reached = stackalloc Ways[to - from + 1];
        reached.Clear();
        reached[0] = Ways.Plain;
        for (var at = from; at < to; at++)
        {
            var ways = reached[at - from];
            if (ways == Ways.None)
                continue;
            if (text.IsDigit(at))
                reached[at - from + 1] |= ways;
            Step(_suffixes, ways, reached);
            if (!words)
                continue;
            Step(_fillers, ways, reached);
            Step(_makers, Ways.WithMaker, reached);

            void Step(MarkText[] choices, Ways way, Span<Ways> next)
            {
                foreach (var choice in choices)
                {
                    if (at + choice.Length <= to && text.StandsAt(at, choice))
                        next[at - from + choice.Length] |= way;
                }
            }
        }

        return reached[^1];
    }

    private bool IsNegated(string line, MarkText text)
    {
        foreach (var word in _negations)
        {
            for (var at = 0; at + word.Length <= text.Length; at++)
            {
                if (text.StandsAt(at, word))
                    return true;
            }
        }

        return _questions.Any(word => line.Contains(word, StringComparison.Ordinal)) || line.Contains('？', StringComparison.Ordinal);
    }

    private static MarkText[] Prepare(IEnumerable<string> words) => [.. words.Select(MarkText.Of).Where(word => word.Length > 0)];
}
