using System.Text.Json;
using IntegrityGate.Core.Incidents;
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
            Wording = ReadWording(node),
            Rules = [.. rules],
            VisibleMarks = [.. node.Children("visibleMarks").Select(ReadMark)],
        };
        if (pack.Rules.Count == 0)
            node.Fault("rules", "a pack has at least one rule");
        node.RejectUnknownKeys();
        CheckWording(pack, node, errors);
        return pack;
    }

    // A pack that would stamp labels which break its own wording rule is a mistake.
    private static void CheckWording(RulePack pack, PackNode node, List<ValidationError> errors)
    {
        if (errors.Count > 0 || pack.Wording is not { } wording || pack.Rules.OfType<LabelWordingRule>().FirstOrDefault() is not { } rule)
            return;
        foreach (var (key, text) in new[] { ("confirmed", wording.Confirmed), ("possible", wording.Possible), ("suspected", wording.Suspected) })
        {
            if (!LabelText.HasAllElements(LabelText.Fold(text), rule))
                node.Fault("wording." + key, $"\"{text}\" lacks an element that {rule.Id} demands");
        }
    }

    private static TierWording? ReadWording(PackNode node)
    {
        if (node.Child("wording") is not { } child)
            return null;
        var wording = new TierWording(child.Text("confirmed"), child.Text("possible"), child.Text("suspected"));
        child.RejectUnknownKeys();
        return wording;
    }

    private static VisibleMark ReadMark(PackNode node)
    {
        var mark = new VisibleMark(node.Text("name"), node.Text("text"), ReadScope(node), node.Number("minConfidence", 0, 1));
        node.RejectUnknownKeys();
        return mark;
    }

    private static Phrase ReadPhrase(PackNode node)
    {
        var phrase = new Phrase(node.Text("text"), ReadScope(node));
        node.RejectUnknownKeys();
        return phrase;
    }

    private static PhraseScope ReadScope(PackNode node) =>
        node.Choice("scope", PhraseScope.Words, ("words", PhraseScope.Words), ("line", PhraseScope.Line));

    private static Rule? ReadRule(PackNode node, string packId)
    {
        var id = node.Text("id");
        if (id.Length > 0 && packId.Length > 0 && !id.StartsWith(packId + ".", StringComparison.Ordinal))
            node.Fault("id", $"{id} must begin with {packId}.");
        if (node.Choice<Func<PackNode, string, Rule>?>(
            "kind",
            null,
            ("present", (child, rule) => Fill(child, new LabelPresenceRule { Id = rule, Clause = "", Source = "", Title = "" })),
            ("continuous", (child, rule) => Fill(child, new LabelContinuousRule { Id = rule, Clause = "", Source = "", Title = "" })),
            ("position", (child, rule) => Fill(child, new LabelPositionRule { Id = rule, Clause = "", Source = "", Title = "" })),
            ("inspectionGap", (child, rule) => Fill(child, new InspectionGapRule { Id = rule, Clause = "", Source = "", Title = "" })),
            ("stampImpossible", (child, rule) => Fill(child, new StampImpossibleRule { Id = rule, Clause = "", Source = "", Title = "" })),
            ("streamLoop", (child, rule) => Fill(child, new StreamLoopRule { Id = rule, Clause = "", Source = "", Title = "" })),
            ("height", ReadHeight),
            ("duration", ReadDuration),
            ("wording", ReadWordingRule)) is not { } read)
            return null;

        var made = read(node, id);
        node.RejectUnknownKeys();
        return made;
    }

    private static Rule ReadHeight(PackNode node, string id) => Fill(
        node,
        new LabelHeightRule { Id = id, Clause = "", Source = "", Title = "", MinHeightFraction = node.Number("minHeightFraction", 0.005, 0.5) });

    private static Rule ReadDuration(PackNode node, string id) => Fill(
        node,
        new LabelDurationRule { Id = id, Clause = "", Source = "", Title = "", MinDuration = TimeSpan.FromSeconds(node.Number("minSeconds", 0.1, 3600)) });

    private static Rule ReadWordingRule(PackNode node, string id) => Fill(
        node,
        new LabelWordingRule
        {
            Id = id,
            Clause = "",
            Source = "",
            Title = "",
            Groups = [.. node.TextLists("groups").Select(list => new ElementGroup(list))],
            Negations = node.Texts("negations", required: false),
            Disclosures = [.. node.Children("disclosures").Select(ReadPhrase)],
        });

    private static Rule Fill(PackNode node, Rule rule) => rule with
    {
        Clause = node.Text("clause"),
        Source = node.Text("source"),
        Title = node.Text("title"),
        Status = node.Choice("status", RuleStatus.InForce, ("inForce", RuleStatus.InForce), ("draft", RuleStatus.Draft), ("superseded", RuleStatus.Superseded)),
        InForceFrom = node.Date("inForceFrom"),
        Severity = node.Choice(
            "severity",
            Severity.Violation,
            ("info", Severity.Info),
            ("review", Severity.Review),
            ("violation", Severity.Violation),
            ("critical", Severity.Critical)),
    };
}
