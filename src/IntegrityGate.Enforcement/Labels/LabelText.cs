using System.Text;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>Compares read text with the words that rules name: width of letters, case, hyphens and the look-alikes of <c>AI</c> do not matter, whole words do.</summary>
internal static class LabelText
{
    /// <summary>Folds a text for comparison: full-width letters to ASCII, upper case, hyphens to spaces, no space beside a CJK character, single spaces elsewhere.</summary>
    public static string Fold(string text)
    {
        var builder = new StringBuilder(text.Length);
        var space = false;
        foreach (var raw in text)
        {
            var character = raw is >= '\uFF01' and <= '\uFF5E' ? (char)(raw - 0xFEE0) : raw;
            if (char.IsWhiteSpace(character) || character is '-' or '_' or '\u2010' or '\u2011' or '\u2013' or '\u2014')
            {
                space = true;
                continue;
            }

            if (space && builder.Length > 0 && char.IsAscii(character) && char.IsAscii(builder[^1]))
                builder.Append(' ');
            space = false;
            builder.Append(character);
        }

        RepairAi(builder);
        return builder.ToString().ToUpperInvariant();
    }

    /// <summary>True when a folded text holds an alternative of every group, in one of the forms that are asked for.</summary>
    public static bool HasAllElements(string folded, LabelWordingRule rule) => rule.Groups.All(group => HasElement(folded, group))
        && (rule.Forms.Count == 0 || rule.Forms.Any(form => Matches(folded, form.Text, form.Scope)));

    /// <summary>True when a folded text holds an alternative of a group.</summary>
    public static bool HasElement(string folded, ElementGroup group) => group.AnyOf.Any(element =>
        ContainsWords(folded, Fold(element))
        // AIGC is "AI" followed by "generated content": it holds the element by its letters and by its sense.
        || (element == "AI" && ContainsWords(folded, "AIGC")));

    /// <summary>True when a folded text is no disclosure although it has the words: it denies, asks or teaches.</summary>
    public static bool IsNegated(string folded, LabelWordingRule rule) => rule.Negations.Any(negation => ContainsWords(folded, Fold(negation)));

    /// <summary>True when a folded text has a phrase in the scope that is asked for.</summary>
    public static bool Matches(string folded, string phrase, PhraseScope scope) => scope == PhraseScope.Line
        ? Bare(folded) is var line && EndOf(line, 0, Fold(phrase)) == line.Length
        : ContainsWords(folded, Fold(phrase));

    private static bool ContainsWords(string folded, string words)
    {
        if (words.Length == 0)
            return false;
        for (var at = 0; at < folded.Length; at++)
        {
            var end = EndOf(folded, at, words);
            if (end < 0)
                continue;
            var startsClean = at == 0 || !char.IsAsciiLetterOrDigit(words[0]) || !char.IsAsciiLetterOrDigit(folded[at - 1]);
            var endsClean = end == folded.Length || !char.IsAsciiLetterOrDigit(words[^1]) || !char.IsAsciiLetterOrDigit(folded[end]);
            if (startsClean && endsClean)
                return true;
        }

        return false;
    }

    // Where words that begin at a place end; -1 when they do not stand there. Text readers lose the spaces between words.
    private static int EndOf(string folded, int at, string words)
    {
        foreach (var character in words)
        {
            if (character == ' ' && (at == folded.Length || folded[at] != ' '))
                continue;
            if (at == folded.Length || folded[at] != character)
                return -1;
            at++;
        }

        return at;
    }

    private static string Bare(string folded)
    {
        var start = 0;
        var end = folded.Length;
        while (start < end && !char.IsLetterOrDigit(folded[start]))
            start++;
        while (end > start && !char.IsLetterOrDigit(folded[end - 1]))
            end--;
        return folded[start..end];
    }

    // Text readers take the capital I of sans-serif fonts for l, 1, a bar, or (alone in its cell of a column) the stroke 丨.
    private static void RepairAi(StringBuilder builder)
    {
        for (var i = 0; i + 1 < builder.Length; i++)
        {
            if (builder[i] is not 'A' || builder[i + 1] is not ('l' or '1' or '|' or 'i' or '\u4E28' or '\u2502'))
                continue;
            var startsClean = i == 0 || !char.IsAsciiLetterOrDigit(builder[i - 1]);
            var endsClean = i + 2 == builder.Length || !char.IsAsciiLetterOrDigit(builder[i + 2]);
            if (startsClean && endsClean)
                builder[i + 1] = 'I';
        }
    }
}
