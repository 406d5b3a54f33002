using System.Text;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>
/// A line as marks are compared with it: without spaces and punctuation, which text readers lose and invent, and with the shapes that
/// they take for one another (I, l, 1 and bars, and with l its capital; O and 0; S and 5) folded into one. The characters as read stay beside it.
/// </summary>
internal sealed class MarkText
{
    private readonly string _folded;
    private readonly string _read;

    private MarkText(string folded, string read)
    {
        _folded = folded;
        _read = read;
    }

    /// <summary>Characters that count.</summary>
    public int Length => _folded.Length;

    /// <summary>True when it has ASCII characters only.</summary>
    public bool IsLatin => _folded.All(char.IsAscii);

    /// <summary>A folded character.</summary>
    public char this[int index] => _folded[index];

    /// <summary>Prepares a line.</summary>
    public static MarkText Of(string line)
    {
        var folded = new StringBuilder(line.Length);
        var read = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var character = Narrow(line[i]);
            if (!IsKept(character, StandsAlone(line, i)))
                continue;
            folded.Append(Fold(character));
            read.Append(character);
        }

        return new MarkText(folded.ToString(), read.ToString());
    }

    /// <summary>True when the character is a digit as it was read.</summary>
    public bool IsDigit(int index) => char.IsAsciiDigit(_read[index]);

    /// <summary>True when a text stands at a place, shape by shape.</summary>
    public bool StandsAt(int at, MarkText text) => at + text.Length <= Length && string.CompareOrdinal(_folded, at, text._folded, 0, text.Length) == 0;

    /// <summary>
    /// True when a text stands at a place with one Chinese character misread, not one of those that say AI or generated. Latin words
    /// have no such grace: too many of them are one letter apart.
    /// </summary>
    public bool AlmostStandsAt(int at, MarkText text)
    {
        const string Elements = "人工智能生成合";
        if (text.Length < 6 || at + text.Length > Length)
            return false;
        var slips = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (_folded[at + i] == text._folded[i])
                continue;
            if (++slips > 1 || char.IsAscii(text._folded[i]) || char.IsAscii(_folded[at + i]) || Elements.Contains(text._folded[i], StringComparison.Ordinal))
                return false;
        }

        return slips == 1;
    }

    /// <summary>True when the letters at a place are written as a name is: with its own capitals, or all in capitals. Shapes without case do not tell.</summary>
    public bool HasCaseOf(int at, MarkText name)
    {
        var (own, capitals) = (true, true);
        for (var i = 0; i < name.Length; i++)
        {
            var (letter, wanted) = (_read[at + i], name._read[i]);
            if (!char.IsAsciiLetter(letter) || letter is 'l' or 'I' or 'i')
                continue;
            own &= letter == wanted;
            capitals &= char.IsAsciiLetterUpper(letter);
        }

        return own || capitals;
    }

    private static char Narrow(char character) => character is >= '\uFF01' and <= '\uFF5E' ? (char)(character - 0xFEE0) : character;

    private static bool IsKept(char character, bool alone) =>
        char.IsLetterOrDigit(character) || (IsBar(character) && !alone);

    // A bar between spaces parts two names; one within a word is a misread I.
    private static bool StandsAlone(string line, int i) =>
        (i == 0 || !char.IsLetterOrDigit(line[i - 1])) && (i + 1 == line.Length || !char.IsLetterOrDigit(line[i + 1]));

    private static bool IsBar(char character) => character is '|' or '\u2502';

    private static char Fold(char character) => character switch
    {
        'l' or 'L' or '1' or 'i' or '|' or '\u2502' or '\u4E28' => 'I',
        '0' => 'O',
        '5' => 'S',
        _ => char.ToUpperInvariant(character),
    };
}
