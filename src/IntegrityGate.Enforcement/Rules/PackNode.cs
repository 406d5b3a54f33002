using System.Globalization;
using System.Text.Json;
using IntegrityGate.Core;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>One JSON object of a pack file with its path: reads typed fields, writes down every fault, and knows which keys nobody asked for.</summary>
internal sealed class PackNode(JsonElement element, string path, List<ValidationError> errors)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public string Path { get; } = path;

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public string Text(string key)
    {
        if (Find(key) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text)
            return text;
        Fault(key, "a text that is not empty is needed");
        return "";
    }

    public string OptionalText(string key) => Find(key) is null ? "" : Text(key);

    public bool Flag(string key, bool fallback)
    {
        if (Find(key) is not { } value)
            return fallback;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fault(key, "true or false is needed");
        return fallback;
    }

    public T Choice<T>(string key, T fallback, params (string Name, T Value)[] choices)
    {
        var found = Find(key);
        // Without a fallback the key is required.
        if (found is null && fallback is not null)
            return fallback;
        if (found is { ValueKind: JsonValueKind.String } value)
        {
            var text = value.GetString();
            foreach (var (name, choice) in choices)
            {
                if (name == text)
                    return choice;
            }
        }

        Fault(key, "must be one of " + string.Join(", ", choices.Select(choice => choice.Name)));
        return fallback;
    }

    public double Number(string key, double least, double most)
    {
        if (Find(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && number >= least && number <= most)
            return number;
        Fault(key, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most} is needed"));
        return least;
    }

    public DateOnly? Date(string key)
    {
        if (Find(key) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Fault(key, "a date like 2025-09-01 is needed");
        return null;
    }

    public ValueList<string> Texts(string key, bool required)
    {
        if (Find(key) is not { } value)
        {
            if (required)
                Fault(key, "a list is needed");
            return [];
        }

        return ReadTexts(value, key);
    }

    public IEnumerable<ValueList<string>> TextLists(string key)
    {
        if (Find(key) is not { ValueKind: JsonValueKind.Array } value || value.GetArrayLength() == 0)
        {
            Fault(key, "a list of lists is needed");
            yield break;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
            yield return ReadTexts(item, $"{key}[{index++}]");
    }

    public PackNode? Child(string key) => Find(key) is not { } value ? null : AsObject(value, key);

    public IEnumerable<PackNode> Children(string key)
    {
        if (Find(key) is not { } value)
            yield break;
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(key, "a list is needed");
            yield break;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (AsObject(item, $"{key}[{index++}]") is { } child)
                yield return child;
        }
    }

    /// <summary>The members of an object whose keys are free, each an object.</summary>
    public IEnumerable<(string Key, PackNode Node)> Members(string key)
    {
        if (Child(key) is not { } child)
            yield break;
        foreach (var name in child.Keys)
        {
            if (child.Child(name) is { } member)
                yield return (name, member);
        }
    }

    public void Fault(string key, string message) => errors.Add(new ValidationError(Join(key), message));

    /// <summary>Reports keys that were not read: a mistyped key would otherwise go unnoticed.</summary>
    public void RejectUnknownKeys()
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!_read.Contains(property.Name))
                Fault(property.Name, "unknown key");
        }
    }

    private string[] Keys => [.. element.EnumerateObject().Select(property => property.Name)];

    private ValueList<string> ReadTexts(JsonElement value, string key)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 }))
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        Fault(key, "a list of texts that are not empty is needed");
        return [];
    }

    private PackNode? AsObject(JsonElement value, string key)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return new PackNode(value, Join(key), errors);
        Fault(key, "an object is needed");
        return null;
    }

    private JsonElement? Find(string key)
    {
        _read.Add(key);
        return element.TryGetProperty(key, out var value) ? value : null;
    }

    private string Join(string key) => Path.EndsWith(' ') ? Path + key : Path + "." + key;
}
