using System.Text;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>A line of a label, and which of its characters the law asks for.</summary>
/// <param name="Text">The line.</param>
internal sealed record LabelLine(string Text)
{
    // GB 45438-2025 5.4: the elements whose glyphs must have the height.
    private static readonly string[] _elements = ["人工智能", "AI", "生成", "合成"];

    private readonly bool[] _required = Mark(Text);

    /// <summary>True when the character that begins at a byte of the line's UTF-8 form must have the height.</summary>
    /// <param name="utf8Offset">The byte, as the shaper counts clusters.</param>
    public bool IsRequired(int utf8Offset) => _required[utf8Offset];

    /// <summary>Splits in two where it hurts least: never inside an element or a Latin word, both lines about as long.</summary>
    /// <returns>The two lines; null when there is no such place.</returns>
    public (LabelLine First, LabelLine Second)? Split()
    {
        var best = 0;
        for (var at = 1; at < Text.Length; at++)
        {
            if (CanBreak(at) && (best == 0 || Math.Abs((2 * at) - Text.Length) < Math.Abs((2 * best) - Text.Length)))
                best = at;
        }

        return best == 0 ? null : (new LabelLine(Text[..best].TrimEnd()), new LabelLine(Text[best..].TrimStart()));
    }

    private bool CanBreak(int at)
    {
        if (char.IsLowSurrogate(Text[at]) || (char.IsAsciiLetterOrDigit(Text[at]) && char.IsAsciiLetterOrDigit(Text[at - 1])))
            return false;
        foreach (var element in _elements)
        {
            for (var start = Text.IndexOf(element, StringComparison.Ordinal); start >= 0; start = Text.IndexOf(element, start + 1, StringComparison.Ordinal))
            {
                if (at > start && at < start + element.Length)
                    return false;
            }
        }

        return Text[..at].Trim().Length > 0 && Text[at..].Trim().Length > 0;
    }

    private static bool[] Mark(string text)
    {
        var characters = new bool[text.Length];
        foreach (var element in _elements)
        {
            for (var start = text.IndexOf(element, StringComparison.Ordinal); start >= 0; start = text.IndexOf(element, start + 1, StringComparison.Ordinal))
                Array.Fill(characters, true, start, element.Length);
        }

        // Wording without the elements (another jurisdiction's): every letter and digit counts.
        if (!characters.Contains(true))
        {
            for (var i = 0; i < text.Length; i++)
                characters[i] = char.IsLetterOrDigit(text[i]);
        }

        var bytes = new bool[Encoding.UTF8.GetByteCount(text) + 1];
        for (var i = 0; i < text.Length; i++)
            bytes[Encoding.UTF8.GetByteCount(text.AsSpan(0, i))] |= characters[i];
        return bytes;
    }
}
