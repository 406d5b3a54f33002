using System.Text.Json;
using System.Text.RegularExpressions;

namespace IntegrityGate.Enforcement.Tests.Rules;

/// <summary>Checks a value against a JSON schema, as far as the schema of rule packs goes; an unknown keyword is an error, so that none is passed over.</summary>
internal static class JsonSchemaCheck
{
    private static readonly string[] _known =
        ["$schema", "title", "description", "type", "required", "additionalProperties", "properties", "minItems", "items", "oneOf", "enum", "minLength", "minimum", "maximum", "pattern"];

    /// <summary>True when the value is valid.</summary>
    public static bool IsValid(JsonElement schema, JsonElement value)
    {
        foreach (var keyword in schema.EnumerateObject())
            Assert.Contains(keyword.Name, _known);
        return Has("type", type => IsType(type.GetString()!, value))
            && Has("enum", list => value.ValueKind == JsonValueKind.String && list.EnumerateArray().Any(item => item.GetString() == value.GetString()))
            && Has("minLength", least => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= least.GetInt32())
            && Has("pattern", pattern => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, pattern.GetString()!))
            && Has("minimum", least => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= least.GetDouble())
            && Has("maximum", most => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= most.GetDouble())
            && Has("minItems", least => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= least.GetInt32())
            && Has("items", items => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => IsValid(items, item)))
            && Has("oneOf", list => list.EnumerateArray().Count(one => IsValid(one, value)) == 1)
            && Has("required", names => value.ValueKind != JsonValueKind.Object || names.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)))
            && Members();

        bool Has(string keyword, Func<JsonElement, bool> check) => !schema.TryGetProperty(keyword, out var found) || check(found);

        bool Members() => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member =>
            schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out var own) ? IsValid(own, member.Value)
            : !schema.TryGetProperty("additionalProperties", out var others) || (others.ValueKind == JsonValueKind.Object && IsValid(others, member.Value)));
    }

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown type"),
    };
}
