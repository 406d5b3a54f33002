using System.Text.Json.Nodes;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>What every rule has, whatever its kind.</summary>
internal static class RuleFields
{
    /// <summary>Statuses by the names that packs have for them.</summary>
    public static readonly (string Name, RuleStatus Value)[] StatusNames =
    [
        ("inForce", RuleStatus.InForce), ("draft", RuleStatus.Draft), ("superseded", RuleStatus.Superseded), ("voluntary", RuleStatus.Voluntary), ("uncertain", RuleStatus.Uncertain),
    ];

    /// <summary>Severities by the names that packs and settings have for them.</summary>
    public static readonly (string Name, Severity Value)[] SeverityNames =
        [("info", Severity.Info), ("review", Severity.Review), ("violation", Severity.Violation), ("critical", Severity.Critical)];

    private static readonly string[] _required = ["id", "kind", "clause", "source", "title"];

    /// <summary>Reads them into a rule.</summary>
    public static Rule Read(PackNode node, Rule rule)
    {
        var read = rule with
        {
            Clause = node.Text("clause"),
            Source = node.Text("source"),
            Title = node.Text("title"),
            Status = node.Choice("status", RuleStatus.InForce, StatusNames),
            InForceFrom = node.Date("inForceFrom"),
            InForceUntil = node.Date("inForceUntil"),
            Severity = node.Choice("severity", Severity.Violation, SeverityNames),
            Note = node.OptionalText("note"),
            GateDoes = node.OptionalText("gateDoes"),
            GateCannot = node.OptionalText("gateCannot"),
            Readings = node.Texts("readings", required: false),
            IsEnabled = node.Flag("enabled", true),
            Acknowledged = node.OptionalText("acknowledgeBelowLegalMinimum"),
        };
        if (read.InForceUntil <= read.InForceFrom)
            node.Fault("inForceUntil", "is not later than inForceFrom");
        if (read.Status is RuleStatus.Draft or RuleStatus.Uncertain && read.Note.Length == 0)
            node.Fault("note", "a rule that is no law or unsure says why");
        return read;
    }

    /// <summary>Their schema, with the parameters of a kind.</summary>
    public static JsonObject Schema(RuleKind kind)
    {
        var properties = new JsonObject
        {
            ["kind"] = new JsonObject { ["enum"] = new JsonArray(kind.Name), ["description"] = kind.Meaning },
            ["id"] = Described(RuleParameters.Text(), "Begins with the pack's id and a dot, and never changes its meaning: journals keep it."),
            ["clause"] = Described(RuleParameters.Text(), "The clause, for example \"GB 45438-2025 5.4\"; several are parted by semicolons."),
            ["source"] = Described(RuleParameters.Text(), "The instrument in full: title, number, date."),
            ["title"] = Described(RuleParameters.Text(), "What is demanded, in one short sentence."),
            ["status"] = Described(Names(StatusNames.Select(status => status.Name)), "Only inForce and superseded demand anything by themselves, between their dates. Default inForce."),
            ["inForceFrom"] = Described(Date(), "First day on which it is law, UTC."),
            ["inForceUntil"] = Described(Date(), "First day on which it is law no more, UTC."),
            ["severity"] = Described(Names(SeverityNames.Select(severity => severity.Name)), "How much a breach matters; the gate's choice. Default violation."),
            ["note"] = Described(RuleParameters.Text(), "What is not known, or on what a reading rests; a draft or an unsure rule must have one."),
            ["gateDoes"] = Described(RuleParameters.Text(), "What the gate gives towards it."),
            ["gateCannot"] = Described(RuleParameters.Text(), "What the gate cannot tell or enforce of it."),
            ["readings"] = Described(RuleParameters.List(RuleParameters.Text()), "Parameters whose values are a reading, since the law gives none."),
            ["enabled"] = Described(new JsonObject { ["type"] = "boolean" }, "False turns it off. Default true."),
            ["acknowledgeBelowLegalMinimum"] = Described(RuleParameters.Text(), "The clause under whose minimum this rule knowingly goes."),
        };
        foreach (var parameter in kind.Parameters)
            properties[parameter.Name] = Described(parameter.Schema(), parameter.Meaning);
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. _required.Concat(kind.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name)).Select(name => (JsonNode)name)]),
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
    }

    /// <summary>A schema with its description.</summary>
    public static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    private static JsonObject Names(IEnumerable<string> names) => new() { ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };

    private static JsonObject Date() => new() { ["type"] = "string", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" };
}
