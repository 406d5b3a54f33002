using System.Diagnostics.CodeAnalysis;

namespace IntegrityGate.Routing;

/// <summary>
/// A pattern of an app, a stream name or a parameter, with captures: <c>*</c> is any run of characters without a slash, <c>**</c>
/// with slashes, <c>{name}</c> a run of at least one character without a slash that is remembered. The whole text must fit;
/// letters' case counts. Compared by its text.
/// </summary>
public sealed class RoutePattern : IEquatable<RoutePattern>
{
    /// <summary>What everything fits.</summary>
    public static RoutePattern Everything { get; } = new("**", [], PathPattern.Of("**"));

    private readonly PathPattern _pattern;

    private RoutePattern(string text, IReadOnlyList<string> names, PathPattern pattern)
    {
        Text = text;
        Names = names;
        _pattern = pattern;
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
        var pieces = new PathPattern();
        var from = 0;
        while (text.IndexOf('{', from) is >= 0 and var at)
        {
            var end = text.IndexOf('}', at);
            var name = end < 0 ? "" : text[(at + 1)..end];
            if (!IsName(name))
                error = $"'{text}': a capture is written {{name}}, in letters and digits";
            else if (names.Contains(name, StringComparer.Ordinal))
                error = $"'{text}' captures {{{name}}} twice";
            if (error is not null)
                return false;
            names.Add(name);
            pieces.Add(text.AsSpan(from, at - from));
            pieces.AddCapture();
            from = end + 1;
        }

        pieces.Add(text.AsSpan(from));
        pattern = new RoutePattern(text, names, pieces);
        return true;
    }

    /// <summary>True when the whole text fits; captures are added to <paramref name="captures"/> then.</summary>
    public bool Matches(string text, Dictionary<string, string> captures)
    {
        if (IsEverything)
            return true;
        var values = new List<string>(Names.Count);
        if (!_pattern.Fits(text, values))
            return false;
        foreach (var (name, value) in Names.Zip(values))
            captures[name] = value;
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
