using System.Globalization;
using System.Text.Json.Nodes;
using IntegrityGate.Core;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>The parameters of all kinds of rules.</summary>
internal static class RuleParameters
{
    /// <summary>Corners by the names that packs and settings have for them.</summary>
    public static readonly (string Name, LabelCorner Value)[] CornerNames =
        [("topLeft", LabelCorner.TopLeft), ("topRight", LabelCorner.TopRight), ("bottomLeft", LabelCorner.BottomLeft), ("bottomRight", LabelCorner.BottomRight)];

    /// <summary>0.005 to 0.5: less is no text on any screen, more is no label.</summary>
    public static RuleParameter MinHeightFraction { get; } = new(
        "minHeightFraction",
        "Least glyph height as a share of the picture's shortest side.",
        true,
        () => Number(0.005, 0.5),
        (node, rule) => (LabelHeightRule)rule with { MinHeightFraction = node.Number("minHeightFraction", 0.005, 0.5) },
        rule => ((LabelHeightRule)rule).MinHeightFraction.ToString(CultureInfo.InvariantCulture));

    /// <summary>0.1 s to an hour: less is no more than a few frames, more is the continuous rule.</summary>
    public static RuleParameter MinSeconds { get; } = new(
        "minSeconds",
        "Least time on screen at normal speed, seconds.",
        true,
        () => Number(0.1, 3600),
        (node, rule) => (LabelDurationRule)rule with { MinDuration = TimeSpan.FromSeconds(node.Number("minSeconds", 0.1, 3600)) },
        rule => ((LabelDurationRule)rule).MinDuration.TotalSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>Corners.</summary>
    public static RuleParameter Corners { get; } = new(
        "corners",
        "The corners that do; without it every edge and corner does.",
        false,
        () => List(new JsonObject { ["enum"] = new JsonArray([.. CornerNames.Select(corner => (JsonNode)corner.Name)]) }),
        ReadCorners,
        rule => string.Join(", ", ((LabelPositionRule)rule).Corners.Select(NameOf)));

    /// <summary>Element groups.</summary>
    public static RuleParameter Groups { get; } = new(
        "groups",
        "The label has at least one text of every group.",
        true,
        () => List(List(Text())),
        (node, rule) => (LabelWordingRule)rule with { Groups = [.. node.TextLists("groups").Select(list => new ElementGroup(list))] },
        rule => string.Join(" and ", ((LabelWordingRule)rule).Groups.Select(group => "(" + string.Join(" or ", group.AnyOf) + ")")));

    /// <summary>Forms.</summary>
    public static RuleParameter Forms { get; } = new(
        "forms",
        "The label also has one of these phrases: for words so short that they stand in any text.",
        false,
        () => List(Phrase()),
        (node, rule) => (LabelWordingRule)rule with { Forms = [.. node.Children("forms").Select(ReadPhrase)] },
        rule => Print(((LabelWordingRule)rule).Forms));

    /// <summary>Negations.</summary>
    public static RuleParameter Negations { get; } = new(
        "negations",
        "A line with one of these is no label: it denies, asks or teaches.",
        false,
        () => List(Text()),
        (node, rule) => (LabelWordingRule)rule with { Negations = node.Texts("negations", required: false) },
        rule => string.Join(", ", ((LabelWordingRule)rule).Negations));

    /// <summary>Disclosures.</summary>
    public static RuleParameter Disclosures { get; } = new(
        "disclosures",
        "Phrases that are meant as a label: a line with one that lacks an element is a label in the wrong words.",
        false,
        () => List(Phrase()),
        (node, rule) => (LabelWordingRule)rule with { Disclosures = [.. node.Children("disclosures").Select(ReadPhrase)] },
        rule => Print(((LabelWordingRule)rule).Disclosures));

    /// <summary>The name of a corner.</summary>
    public static string NameOf(LabelCorner corner) => CornerNames.First(named => named.Value == corner).Name;

    /// <summary>The scope of a phrase or mark.</summary>
    public static PhraseScope ReadScope(PackNode node) =>
        node.Choice("scope", PhraseScope.Words, ("words", PhraseScope.Words), ("line", PhraseScope.Line));

    /// <summary>The schema of a text that is not empty.</summary>
    public static JsonObject Text() => new() { ["type"] = "string", ["minLength"] = 1 };

    /// <summary>The schema of a list that is not empty.</summary>
    public static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["minItems"] = 1, ["items"] = items };

    /// <summary>The schema of a scope.</summary>
    public static JsonObject Scope() => new()
    {
        ["enum"] = new JsonArray("words", "line"),
        ["description"] = "words: anywhere in the line, as whole words; line: the whole line.",
    };

    private static JsonObject Number(double least, double most) => new() { ["type"] = "number", ["minimum"] = least, ["maximum"] = most };

    private static JsonObject Phrase() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("text"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject { ["text"] = Text(), ["scope"] = Scope() },
    };

    private static Rule ReadCorners(PackNode node, Rule rule)
    {
        var names = node.Texts("corners", required: false);
        foreach (var name in names.Where(name => !CornerNames.Any(corner => corner.Name == name)))
            node.Fault("corners", $"{name} is none of {string.Join(", ", CornerNames.Select(corner => corner.Name))}");
        return (LabelPositionRule)rule with { Corners = [.. CornerNames.Where(corner => names.Contains(corner.Name)).Select(corner => corner.Value)] };
    }

    private static Phrase ReadPhrase(PackNode node)
    {
        var phrase = new Phrase(node.Text("text"), ReadScope(node));
        node.RejectUnknownKeys();
        return phrase;
    }

    private static string Print(ValueList<Phrase> phrases) =>
        string.Join(", ", phrases.Select(phrase => phrase.Scope == PhraseScope.Line ? "[" + phrase.Text + "]" : phrase.Text));
}
