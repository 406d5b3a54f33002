using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>The JSON schema of rule packs (draft 2020-12), made from the very table that the reader goes by.</summary>
public static class RulePackSchema
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON text.</summary>
    public static string Text() => Create().ToJsonString(_indented).ReplaceLineEndings("\n");

    /// <summary>The schema.</summary>
    public static JsonObject Create() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "IntegrityGate rule pack",
        ["description"] = "One jurisdiction's demands as data. That ids are unique and begin with the pack's id, that a wording meets its own rule, and that a pack of a shipped id asks for no less than the law is checked beyond this schema.",
        ["type"] = "object",
        ["required"] = new JsonArray("id", "title", "jurisdiction", "rules"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["id"] = RuleFields.Described(RuleParameters.Text(), "Id, for example cn-2025; every rule's id begins with it."),
            ["title"] = RuleFields.Described(RuleParameters.Text(), "Title for people."),
            ["jurisdiction"] = RuleFields.Described(RuleParameters.Text(), "ISO 3166 code of the jurisdiction."),
            ["note"] = RuleFields.Described(RuleParameters.Text(), "What is to be known of the pack as a whole."),
            ["audience"] = RuleFields.Described(RuleParameters.List(RuleParameters.Text()), "The audiences that it is for: ISO 3166 codes, or EU; rules.audience picks by them. Without it the pack applies only by name."),
            ["language"] = RuleFields.Described(RuleParameters.Text(), "Language of wording, BCP 47."),
            ["wording"] = RuleFields.Described(Wording(), "What stamped labels say, by tier."),
            ["translations"] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "The wording in further languages, by BCP 47 tag; rules.languages picks.",
                ["additionalProperties"] = Wording(),
            },
            ["rules"] = new JsonObject
            {
                ["type"] = "array",
                ["minItems"] = 1,
                ["items"] = new JsonObject { ["oneOf"] = new JsonArray([.. RuleKinds.All.Select(kind => (JsonNode)RuleFields.Schema(kind))]) },
            },
            ["visibleMarks"] = new JsonObject
            {
                ["type"] = "array",
                ["description"] = "Marks of generators and platforms: traces of AI content.",
                ["items"] = Mark(),
            },
        },
    };

    private static JsonObject Wording() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("confirmed", "possible", "suspected"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject { ["confirmed"] = RuleParameters.Text(), ["possible"] = RuleParameters.Text(), ["suspected"] = RuleParameters.Text() },
    };

    private static JsonObject Mark() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("name", "text", "minConfidence"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["name"] = RuleParameters.Text(),
            ["text"] = RuleParameters.Text(),
            ["scope"] = RuleParameters.Scope(),
            ["minConfidence"] = new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1 },
        },
    };
}
