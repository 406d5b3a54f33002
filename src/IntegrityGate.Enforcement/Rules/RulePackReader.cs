using System.Text.Json;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Labels;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>Reads a rule pack from JSON and collects every fault with its path, for example <c>cn-2025.json: rules[1].minHeightFraction</c>.</summary>
public static class RulePackReader
{
    private static readonly JsonDocumentOptions _options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a pack.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="file">Its name, for messages.</param>
    public static RulePackReading Read(string json, string file)
    {
        var errors = new List<ValidationError>();
        try
        {
            using var document = JsonDocument.Parse(json, _options);
            var root = new PackNode(document.RootElement, file + ": ", errors);
            if (!root.IsObject)
                return new RulePackReading(null, [new ValidationError(file, "a pack is a JSON object")]);
            var pack = ReadPack(root, errors);
            return new RulePackReading(errors.Count == 0 ? pack : null, errors);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second: half a surrogate pair, escaped, passes the parser and fails where the text is taken.
            return new RulePackReading(null, [new ValidationError(file, "no JSON: " + exception.Message)]);
        }
    }

    /// <summary>Where a wording breaks a wording rule of its own pack: such a pack would stamp labels that the gate itself finds faulty.</summary>
    /// <returns>Key of the tier, and what is wrong.</returns>
    internal static IEnumerable<(string Tier, string Message)> FaultsOf(TierWording wording, RulePack pack)
    {
        foreach (var rule in pack.Rules.OfType<LabelWordingRule>())
        {
            foreach (var (tier, text) in new[] { ("confirmed", wording.Confirmed), ("possible", wording.Possible), ("suspected", wording.Suspected) })
            {
                var folded = LabelText.Fold(text);
                if (!LabelText.HasAllElements(folded, rule))
                    yield return (tier, $"\"{text}\" lacks an element that {rule.Id} demands");
                else if (LabelText.IsNegated(folded, rule))
                    yield return (tier, $"\"{text}\" has words that {rule.Id} takes for a denial");
            }
        }
    }

    private static RulePack ReadPack(PackNode node, List<ValidationError> errors)
    {
        var id = node.Text("id");
        var rules = new List<Rule>();
        foreach (var child in node.Children("rules"))
        {
            if (ReadRule(child, id) is not { } rule)
                continue;
            if (rules.Any(other => other.Id == rule.Id))
                child.Fault("id", $"{rule.Id} stands twice");
            rules.Add(rule);
        }

        var pack = new RulePack
        {
            Id = id,
            Title = node.Text("title"),
            Jurisdiction = node.Text("jurisdiction"),
            Note = node.OptionalText("note"),
            Audience = node.Texts("audience", required: false),
            Language = node.OptionalText("language"),
            Wording = node.Child("wording") is { } wording ? ReadWording(wording) : null,
            Translations = [.. node.Members("translations").Select(member => new LanguageWording(member.Key, ReadWording(member.Node)))],
            Rules = [.. rules],
            VisibleMarks = [.. node.Children("visibleMarks").Select(ReadMark)],
        };
        if (pack.Rules.Count == 0)
            node.Fault("rules", "a pack has at least one rule");
        node.RejectUnknownKeys();
        if (errors.Count > 0)
            return pack;
        foreach (var (tier, message) in pack.Wording is null ? [] : FaultsOf(pack.Wording, pack))
            node.Fault("wording." + tier, message);
        foreach (var translation in pack.Translations)
        {
            foreach (var (tier, message) in FaultsOf(translation.Wording, pack))
                node.Fault($"translations.{translation.Language}.{tier}", message);
        }

        return pack;
    }

    private static TierWording ReadWording(PackNode node)
    {
        var wording = new TierWording(node.Text("confirmed"), node.Text("possible"), node.Text("suspected"));
        node.RejectUnknownKeys();
        return wording;
    }

    private static VisibleMark ReadMark(PackNode node)
    {
        var mark = new VisibleMark(node.Text("name"), node.Text("text"), RuleParameters.ReadScope(node), node.Number("minConfidence", 0, 1));
        node.RejectUnknownKeys();
        return mark;
    }

    private static Rule? ReadRule(PackNode node, string packId)
    {
        var id = node.Text("id");
        if (id.Length > 0 && packId.Length > 0 && !id.StartsWith(packId + ".", StringComparison.Ordinal))
            node.Fault("id", $"{id} must begin with {packId}.");
        if (node.Choice<RuleKind?>("kind", null, [.. RuleKinds.All.Select(kind => (kind.Name, (RuleKind?)kind))]) is not { } kind)
            return null;
        var rule = RuleFields.Read(node, kind.Parameters.Aggregate(kind.Create(id), (made, parameter) => parameter.Read(node, made)));
        foreach (var reading in rule.Readings.Where(reading => !kind.Parameters.Any(parameter => parameter.Name == reading)))
            node.Fault("readings", $"{reading} is no parameter of the kind {kind.Name}");
        node.RejectUnknownKeys();
        return rule;
    }
}
