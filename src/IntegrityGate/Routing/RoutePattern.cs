using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace IntegrityGate.Routing;

/// <summary>
/// A pattern of an app, a stream name or a parameter, with captures: <c>*</c> is any run of characters without a slash, <c>**</c>
/// with slashes, <c>{name}</c> a run of at least one character without a slash that is remembered. The whole text must fit;
/// letters' case counts. Compared by its text.
/// </summary>
public sealed class RoutePattern : IEquatable<RoutePattern>
{
    /// <summary>What everything fits.</summary>
    public static RoutePattern Everything { get; } = new("**", [], new Regex("", RegexOptions.NonBacktracking));

    private readonly Regex _regex;

    private RoutePattern(string text, IReadOnlyList<string> names, Regex regex)
    {
        Text = text;
        Names = names;
        _regex = regex;
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>The captures' names in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>True when every text fits.</summary>
    public bool IsEverything => Text == "**";

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="pattern">The pattern read.</param>
    /// <param name="error">What is wrong with it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out RoutePattern? pattern, [NotNullWhen(false)] out string? error)
    {
        pattern = null;
        error = null;
        if (text == "**")
        {
            pattern = Everything;
            return true;
        }

        var names = new List<string>();
        var regex = new StringBuilder(@"\A");
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '*' when at + 1 < text.Length && text[at + 1] == '*':
                    regex.Append("[^\\0]*");
                    at++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '{':
                    var end = text.IndexOf('}', at);
                    var name = end < 0 ? "" : text[(at + 1)..end];
                    if (!IsName(name))
                        error = $"'{text}': a capture is written {{name}}, in letters and digits";
                    else if (names.Contains(name, StringComparer.Ordinal))
                        error = $"'{text}' captures {{{name}}} twice";
                    if (error is not null)
                        return false;
                    names.Add(name);
                    regex.Append("(?<").Append(name).Append(">[^/]+)");
                    at = end;
                    break;
                default:
                    regex.Append(Regex.Escape(text[at].ToString()));
                    break;
            }
        }

        // A stranger gives the text: this kind of expression takes time in proportion to its length.
        pattern = new RoutePattern(text, names, new Regex(regex.Append(@"\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline));
        return true;
    }

    /// <summary>True when the whole text fits; captures are added to <paramref name="captures"/> then.</summary>
    public bool Matches(string text, Dictionary<string, string> captures)
    {
        if (IsEverything)
            return true;
        if (_regex.Match(text) is not { Success: true } match)
            return false;
        foreach (var name in Names)
            captures[name] = match.Groups[name].Value;
        return true;
    }

    /// <summary>True for a name of a capture: a letter, then letters and digits.</summary>
    internal static bool IsName(string name) => name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit);

    /// <inheritdoc/>
    public bool Equals(RoutePattern? other) => other?.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RoutePattern);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
