using System.Globalization;
using System.Net;
using IntegrityGate.Core;

namespace IntegrityGate.Configuration;

/// <summary>
/// Reads typed values from one section and collects every error with its path instead of stopping at the first. It also
/// remembers which keys were asked for, so that a misspelt key in a file is an error and not a silent default.
/// </summary>
internal sealed class SectionReader(IConfiguration configuration, string path, List<string> errors, HashSet<string> known, SectionReader? fallback = null)
{
    private static readonly (string Suffix, double Milliseconds)[] DurationUnits =
        [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    private static readonly (string Suffix, long Bytes)[] SizeUnits =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("B", 1)];

    public SectionReader Section(string key) => new(configuration, Path(key), errors, known, fallback?.Section(key));

    /// <summary>A section that says what differs from the section of the same name in <paramref name="root"/>.</summary>
    public SectionReader Over(string key, SectionReader root) => new(configuration, Path(key), errors, known, root.Section(key));

    /// <summary>The text of an item that is no section.</summary>
    public string? Own
    {
        get
        {
            if (configuration[path] is not { Length: > 0 } text)
                return null;
            known.Add(path);
            return text.Trim();
        }
    }

    /// <summary>Where the section stands, as errors say it.</summary>
    public string Place => path.Replace(':', '.');

    public string Text(string key) => Raw(key) ?? "";

    public string Required(string key)
    {
        var text = Text(key);
        if (text.Length == 0)
            Fail(key, "must not be empty");
        return text;
    }

    public bool Flag(string key) => Parse(key, "true or false", (string text, out bool value) => bool.TryParse(text, out value));

    public int Integer(string key, int min, int max)
    {
        var value = Parse(key, "a whole number", (string text, out int number) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number));
        return InRange(key, value, min, max);
    }

    public double Number(string key, double min, double max)
    {
        var value = Parse(key, "a number", (string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number));
        return InRange(key, value, min, max);
    }

    public TimeSpan Duration(string key, TimeSpan min, TimeSpan max)
    {
        var value = Parse(key, "a duration such as 500ms, 2s, 10m, 24h or 90d", (string text, out TimeSpan span) => TryDuration(text, out span));
        return InRange(key, value, min, max);
    }

    public long Size(string key, long min, long max)
    {
        var value = Parse(key, "a size such as 512 KiB or 8 MiB", (string text, out long size) => TrySize(text, out size));
        return InRange(key, value, min, max);
    }

    public T Choice<T>(string key)
        where T : struct, Enum
    {
        var names = string.Join(", ", Enum.GetNames<T>().Select(n => char.ToLowerInvariant(n[0]) + n[1..]));
        return Parse(key, "one of " + names, (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]));
    }

    public ValueList<string> List(string key)
    {
        Known(key);
        var section = configuration.GetSection(Path(key));
        var items = section.GetChildren().ToList();
        foreach (var item in items)
            known.Add(item.Path);
        if (items.Count > 0)
            return [.. items.Select(i => i.Value ?? "").Where(v => v.Length > 0)];
        if (section.Value is null && fallback is not null)
            return fallback.List(key);
        return [.. (section.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    /// <summary>The items of a list whose items are sections; an empty text is an empty list. What is not said here is taken from the section that this one differs from.</summary>
    public IReadOnlyList<SectionReader> Items(string key)
    {
        var section = configuration.GetSection(Path(key));
        var items = section.GetChildren().ToList();
        if (items.Count == 0)
            Known(key); // with items, only what is read of each of them is known
        if (section.Value is { Length: > 0 })
            Fail(key, "is not a list");
        if (items.Count == 0 && section.Value is null && fallback is not null)
            return fallback.Items(key);
        return [.. items.Select(item => new SectionReader(configuration, item.Path, errors, known))];
    }

    /// <summary>The texts of a section whose keys are free; an empty text is an empty section.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Entries(string key)
    {
        Known(key);
        return [.. configuration.GetSection(Path(key)).GetChildren().Select(e => KeyValuePair.Create(e.Key, e.Value ?? ""))];
    }

    public ValueList<IPNetwork> Networks(string key)
    {
        List<IPNetwork> networks = [];
        foreach (var text in List(key))
        {
            if (Access.Networks.TryParse(text, out var network, out var error))
                networks.Add(network);
            else
                Fail(key, error);
        }

        return [.. networks];
    }

    public IPAddress Address(string key)
    {
        var text = Required(key);
        if (text == "*")
            return IPAddress.IPv6Any;
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return IPAddress.Loopback;
        if (IPAddress.TryParse(text, out var address))
            return address;
        Fail(key, $"'{text}' is not an IP address, localhost or *");
        return IPAddress.Loopback;
    }

    public void Fail(string key, string reason)
    {
        // What was not said here is the fault of where it was said.
        if (fallback is null || configuration[Path(key)] is not null)
            errors.Add($"{Path(key).Replace(':', '.')}: {reason}");
    }

    private delegate bool Parser<T>(string text, out T value);

    private T Parse<T>(string key, string expected, Parser<T> parser)
        where T : struct
    {
        var text = Raw(key);
        if (text is not null && text.Length > 0 && parser(text, out var value))
            return value;
        Fail(key, text is null or "" ? $"is not set; expected {expected}" : $"'{text}' is not {expected}");
        return default;
    }

    private T InRange<T>(string key, T value, T min, T max)
        where T : struct, IComparable<T>
    {
        // A value that did not parse is default and has its error already.
        if (!errors.Exists(e => e.StartsWith(Path(key).Replace(':', '.') + ":", StringComparison.Ordinal))
            && (value.CompareTo(min) < 0 || value.CompareTo(max) > 0))
            Fail(key, string.Create(CultureInfo.InvariantCulture, $"{value} is not between {min} and {max}"));
        return value;
    }

    private static bool TryDuration(string text, out TimeSpan span)
    {
        span = default;
        foreach (var (suffix, milliseconds) in DurationUnits)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)
                || !double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                || !double.IsFinite(number) || Math.Abs(number) > 1e9)
                continue;
            span = TimeSpan.FromMilliseconds(number * milliseconds);
            return true;
        }

        return false;
    }

    private static bool TrySize(string text, out long size)
    {
        size = 0;
        foreach (var (suffix, bytes) in SizeUnits)
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                || !double.TryParse(text.AsSpan(0, text.Length - suffix.Length).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                || !double.IsFinite(number) || Math.Abs(number) > 1e9)
                continue;
            size = (long)(number * bytes);
            return true;
        }

        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out size);
    }

    private string? Raw(string key)
    {
        Known(key);
        return configuration[Path(key)]?.Trim() ?? fallback?.Raw(key);
    }

    private void Known(string key) => known.Add(Path(key));

    private string Path(string key) => path.Length == 0 ? key : key.Length == 0 ? path : path + ":" + key;
}
