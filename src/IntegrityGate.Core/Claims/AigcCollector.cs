using System.Text.Json;

namespace IntegrityGate.Core.Claims;

/// <summary>Walks one JSON value and gathers labels and failed checks; lives for one <see cref="AigcJson.Read"/>.</summary>
internal sealed class AigcCollector
{
    private static readonly string[] _fields = ["Label", "ContentProducer", "ProduceID", "ReservedCode1", "ContentPropagator", "PropagateID", "ReservedCode2"];

    // ServiceProvider and ServiceUser are Tencent Cloud's names; ReserveCode is a misspelling found in shipped generators.
    private static readonly Dictionary<string, int> _index = new(StringComparer.Ordinal)
    {
        ["label"] = 0,
        ["contentproducer"] = 1,
        ["serviceprovider"] = 1,
        ["produceid"] = 2,
        ["reservedcode1"] = 3,
        ["reservecode1"] = 3,
        ["contentpropagator"] = 4,
        ["serviceuser"] = 4,
        ["propagateid"] = 5,
        ["reservedcode2"] = 6,
        ["reservecode2"] = 6,
    };

    private readonly List<AigcLabel> _labels = [];
    private readonly List<AigcFinding> _findings = [];
    private AigcAttribute? _attribute;
    private bool _unreadable;

    public void Collect(JsonElement element, int depth)
    {
        if (depth > AigcJson.MaxDepth)
        {
            Unreadable("The value is nested too deeply.");
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                CollectObject(element, depth);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray().Take(AigcJson.MaxLabels))
                    Collect(item, depth + 1);
                break;
            case JsonValueKind.String when Text(element) is { } text && text.TrimStart() is ['{' or '[' or '"', ..]:
                Find(AigcCheck.EncodedTwice, "The JSON stands inside a JSON string.");
                if (!AigcJson.TryParse(text, out var document))
                {
                    Unreadable("The inner value is no JSON.");
                    break;
                }

                using (document)
                    Collect(document.RootElement, depth + 1);
                break;
            case JsonValueKind.String or JsonValueKind.Number:
                // AIGC=1 and the like: no label object, but the attribute is plain.
                CollectScalar(element);
                break;
            case JsonValueKind.Null:
                break;
            default:
                Unreadable("The value is no label.");
                break;
        }
    }

    public AigcReading ToReading()
    {
        if (_labels.Count > 1)
            Find(AigcCheck.One, $"{_labels.Count} labels where one is allowed.");
        if (_labels.Count == 0 && !_unreadable)
            return AigcReading.NotFound;
        var verdict = _labels.Count == 0 || _unreadable ? AigcVerdict.Inconclusive
            : _findings.Count == 0 ? AigcVerdict.Compliant
            : AigcVerdict.NonCompliant;
        return new AigcReading(verdict, _labels, _attribute, _findings);
    }

    private void CollectObject(JsonElement element, int depth)
    {
        var values = new string?[_fields.Length];
        var known = false;
        var any = false;
        foreach (var property in element.EnumerateObject())
        {
            any = true;
            if (Name(property) is not { } name)
                continue;
            var folded = Fold(name);
            if (folded == "aigc")
            {
                Collect(property.Value, depth + 1);
                known = true;
            }
            else if (_index.TryGetValue(folded, out var index))
            {
                known = true;
                CollectField(values, index, name, property.Value);
            }
        }

        if (values.Any(value => value is not null))
            AddLabel(values);
        else if (any && !known)
            Unreadable("The object has none of the seven fields.");
    }

    private void CollectField(string?[] values, int index, string name, JsonElement value)
    {
        if (name != _fields[index])
            Find(AigcCheck.Spelling, $"{Excerpt(name)} should be {_fields[index]}.");
        if (values[index] is not null)
        {
            Find(AigcCheck.Duplicate, $"{_fields[index]} stands twice.");
            return;
        }

        if (value.ValueKind == JsonValueKind.String && Text(value) is { } text)
        {
            values[index] = text;
            return;
        }

        Find(AigcCheck.Type, $"{_fields[index]} is no JSON string.");
        values[index] = value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : "";
    }

    private void CollectScalar(JsonElement element)
    {
        if (Text(element) is not { } text || text.Trim() is not ("0" or "1" or "2" or "3"))
        {
            Unreadable("The value is no label.");
            return;
        }

        if (element.ValueKind == JsonValueKind.Number)
            Find(AigcCheck.Type, "Label is no JSON string.");
        var values = new string?[_fields.Length];
        values[0] = text;
        AddLabel(values);
    }

    private void AddLabel(string?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not { } value)
                Find(AigcCheck.Missing, $"{_fields[i]} is missing.");
            else if (!AigcJson.InCharset(value))
                Find(AigcCheck.Charset, $"{_fields[i]} has a character that Annex E j) does not list.");
        }

        if (values[0] is not ("1" or "2" or "3"))
            Find(AigcCheck.Value, $"Label is \"{Excerpt(values[0] ?? "")}\"; \"1\", \"2\" or \"3\" is asked for.");
        Claim(AttributeOf(values[0] ?? ""));
        if (_labels.Count < AigcJson.MaxLabels)
        {
            _labels.Add(new AigcLabel(
                values[0] ?? "", values[1] ?? "", values[2] ?? "", values[3] ?? "", values[4] ?? "", values[5] ?? "", values[6] ?? ""));
        }
    }

    private static AigcAttribute? AttributeOf(string label) => label.Trim() switch
    {
        "1" => AigcAttribute.Generated,
        "2" => AigcAttribute.Possible,
        "3" => AigcAttribute.Suspected,
        "0" => null,
        var text when text.Equals("AIGC", StringComparison.OrdinalIgnoreCase) => AigcAttribute.Generated,
        _ => AigcAttribute.Suspected,
    };

    private void Claim(AigcAttribute? attribute)
    {
        // The values are ordered: 1 says most.
        if (attribute is { } claimed && (_attribute is not { } held || claimed < held))
            _attribute = claimed;
    }

    private void Unreadable(string reason)
    {
        _unreadable = true;
        Find(AigcCheck.Json, reason);
        Claim(AigcAttribute.Suspected);
    }

    private void Find(string check, string reason)
    {
        if (!_findings.Any(finding => finding.Check == check && finding.Reason == reason) && _findings.Count < 32)
            _findings.Add(new AigcFinding(check, reason));
    }

    private static string Fold(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static string Excerpt(string text) => text.Length <= 24 ? text : text[..24] + "…";

    // An escaped lone surrogate passes the parser and throws only here.
    private static string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return element.GetRawText();
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
