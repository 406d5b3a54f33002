using System.Text;

namespace IntegrityGate.Detection.Text;

/// <summary>The recogniser's classes: the blank, the dictionary's lines, and the space where the model has one.</summary>
internal sealed class CharacterSet
{
    private readonly string[] _classes;

    /// <summary>Reads a dictionary: one class a line, UTF-8.</summary>
    /// <param name="dictionary">The file's bytes.</param>
    /// <param name="appendSpace">True when the space follows the last line.</param>
    public CharacterSet(ReadOnlySpan<byte> dictionary, bool appendSpace)
    {
        var lines = Encoding.UTF8.GetString(dictionary).Split('\n');
        var classes = new List<string>(lines.Length + 2) { "" };
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            // The last line break ends the last class; an empty line before it would be a class of its own.
            if (line.Length > 0 || i < lines.Length - 1)
                classes.Add(line);
        }

        if (appendSpace)
            classes.Add(" ");
        _classes = [.. classes];
    }

    /// <summary>Number of classes, blank included.</summary>
    public int Count => _classes.Length;

    /// <summary>Text of a class; the blank's (class 0) is empty.</summary>
    public string this[int index] => _classes[index];
}
