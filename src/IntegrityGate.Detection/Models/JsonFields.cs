using System.Text.Json;

namespace IntegrityGate.Detection.Models;

/// <summary>
/// Reads the fields of one JSON object and notes everything that is wrong, each with its path, instead of stopping at the first.
/// A field in error yields a value of its type that is never used, since a document with errors is refused.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly List<string> _errors;

    /// <summary>Fields of an element; errors go to the list as <c>path: what</c>.</summary>
    public JsonFields(JsonElement element, string path, List<string> errors)
    {
        _element = element;
        _path = path;
        _errors = errors;
        if (element.ValueKind != JsonValueKind.Object)
            errors.Add($"{(path.Length == 0 ? "$" : path)}: is {Kind(element)}, must be an object");
    }

    /// <summary>True when the field is there and not null.</summary>
    public bool Has(string name) =>
        _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Path of a field.</summary>
    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>Notes an error at a field.</summary>
    public void Error(string name, string what) => _errors.Add($"{PathOf(name)}: {what}");

    /// <summary>Names of the fields that are there; one that is no valid Unicode is noted as an error and left out.</summary>
    public IReadOnlyList<string> Names()
    {
        var names = new List<string>();
        if (_element.ValueKind != JsonValueKind.Object)
            return names;
        foreach (var property in _element.EnumerateObject())
        {
            try
            {
                names.Add(property.Name);
            }
            catch (InvalidOperationException)
            {
                _errors.Add($"{_path}: a name is not valid Unicode");
            }
        }

        return names;
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public string Text(string name)
    {
        if (Find(name, JsonValueKind.String) is not { } value)
            return "";
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is valid JSON and no valid text.
            Error(name, "is not valid Unicode");
            return "";
        }

        if (text.Length is 0 or > 4096)
            Error(name, text.Length == 0 ? "is empty" : "is longer than 4096 characters");
        return text;
    }

    /// <summary>A text that must be one of those named.</summary>
    public string OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        var before = _errors.Count;
        var text = Text(name);
        if (before == _errors.Count && !allowed.Contains(text))
            Error(name, $"is '{text}', must be {(allowed.Length == 1 ? "" : "one of ")}{string.Join(", ", allowed!)}");
        return text;
    }

    /// <summary>A number within bounds.</summary>
    public double Number(string name, double min = -1e9, double max = 1e9)
    {
        if (Find(name, JsonValueKind.Number) is not { } value)
            return min;
        return InBounds(value, min, max) is { } number ? number : Complain(name, min, max, value);
    }

    /// <summary>A whole number within bounds.</summary>
    public int Integer(string name, int min, int max)
    {
        var number = Number(name, min, max);
        if (number != Math.Floor(number))
            Error(name, $"is {number}, must be a whole number");
        return (int)number;
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name)
    {
        if (!Has(name))
        {
            Error(name, "is missing");
            return false;
        }

        var value = _element.GetProperty(name);
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Error(name, $"is {Kind(value)}, must be true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>An object that must be there.</summary>
    public JsonFields Object(string name) =>
        Find(name, JsonValueKind.Object) is { } value ? new JsonFields(value, PathOf(name), _errors) : new JsonFields(Empty, PathOf(name), []);

    /// <summary>A list of objects, <paramref name="min"/> to <paramref name="max"/> long.</summary>
    public IReadOnlyList<JsonFields> Objects(string name, int min, int max) =>
        [.. Items(name, min, max).Select((item, i) => new JsonFields(item, $"{PathOf(name)}[{i}]", _errors))];

    /// <summary>A list of finite numbers, <paramref name="min"/> to <paramref name="max"/> long.</summary>
    public IReadOnlyList<double> Numbers(string name, int min, int max, double low = -1e9, double high = 1e9)
    {
        var numbers = new List<double>();
        foreach (var (item, i) in Items(name, min, max).Select((item, i) => (item, i)))
            numbers.Add(item.ValueKind == JsonValueKind.Number && InBounds(item, low, high) is { } number ? number : Complain($"{name}[{i}]", low, high, item));
        return numbers;
    }

    private static JsonElement Empty => JsonElement.Parse("{}");

    private static double? InBounds(JsonElement value, double min, double max) =>
        value.TryGetDouble(out var number) && number >= min && number <= max ? number : null;

    private double Complain(string name, double min, double max, JsonElement value)
    {
        Error(name, value.ValueKind == JsonValueKind.Number ? $"is {value.GetRawText()}, must be {min} to {max}" : $"is {Kind(value)}, must be a number");
        return min;
    }

    private IReadOnlyList<JsonElement> Items(string name, int min, int max)
    {
        if (Find(name, JsonValueKind.Array) is not { } value)
            return [];
        var count = value.GetArrayLength();
        if (count >= min && count <= max)
            return [.. value.EnumerateArray()];
        Error(name, $"has {count} entries, must have {(min == max ? $"{min}" : $"{min} to {max}")}");
        return [];
    }

    private JsonElement? Find(string name, JsonValueKind kind)
    {
        if (_element.ValueKind != JsonValueKind.Object)
            return null;
        if (!_element.TryGetProperty(name, out var value))
        {
            Error(name, "is missing");
            return null;
        }

        if (value.ValueKind == kind)
            return value;
        Error(name, $"is {Kind(value)}, must be {Kind(kind)}");
        return null;
    }

    private static string Kind(JsonElement element) => Kind(element.ValueKind);

    private static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
