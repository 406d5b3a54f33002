using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace IntegrityGate.Routing;

/// <summary>Text with captures in braces, <c>room-{name}</c>.</summary>
/// <param name="Text">The template as it was written.</param>
public sealed record RouteTemplate(string Text)
{
    // What would change the meaning of the address around it: a stranger's text names a stream, it never writes an address.
    private static readonly SearchValues<char> s_forbidden = SearchValues.Create("/?&#%\\ \"'<>");

    /// <summary>The names in braces; malformed ones too, so that a check against the known names finds them.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            for (var at = Text.IndexOf('{', StringComparison.Ordinal); at >= 0; at = Text.IndexOf('{', at + 1))
            {
                var end = Text.IndexOf('}', at);
                yield return end < 0 ? Text[(at + 1)..] : Text[(at + 1)..end];
            }
        }
    }

    /// <summary>Puts captures into their places.</summary>
    /// <param name="captures">A value for each of <see cref="Names"/>.</param>
    /// <param name="raw">Names whose values are taken as they are.</param>
    /// <param name="text">The text.</param>
    /// <param name="name">The capture whose value cannot stand there.</param>
    public bool TryRender(
        IReadOnlyDictionary<string, string> captures, IReadOnlySet<string> raw, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out string? name)
    {
        var output = new StringBuilder();
        var from = 0;
        text = name = null;
        while (Text.IndexOf('{', from) is >= 0 and var at)
        {
            var end = Text.IndexOf('}', at);
            output.Append(Text, from, at - from);
            var key = Text[(at + 1)..end];
            var value = captures[key];
            if (!raw.Contains(key) && (value.AsSpan().ContainsAny(s_forbidden) || value.Any(char.IsControl)))
            {
                name = key;
                return false;
            }

            output.Append(value);
            from = end + 1;
        }

        text = output.Append(Text, from, Text.Length - from).ToString();
        return true;
    }
}
