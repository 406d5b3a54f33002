using System.Text.Json;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Enforcement.Tests.Rules;

/// <summary>The published schema says what the reader takes, of every kind of rule.</summary>
public sealed class RulePackSchemaTests
{
    private const string Sound =
        """
        {
          "id": "x", "title": "t", "jurisdiction": "XX", "note": "n", "audience": ["XX"], "language": "en",
          "wording": { "confirmed": "AI", "possible": "AI", "suspected": "AI" },
          "translations": { "de": { "confirmed": "AI", "possible": "AI", "suspected": "AI" } },
          "rules": [{ "id": "x.a", "kind": "height", "clause": "c", "source": "s", "title": "t", "minHeightFraction": 0.04 }],
          "visibleMarks": [{ "name": "n", "text": "t", "scope": "line", "minConfidence": 0.8 }]
        }
        """;

    private static readonly JsonElement _schema = JsonDocument.Parse(RulePackSchema.Text()).RootElement;

    [Fact]
    public void Every_shipped_pack_is_valid_by_the_schema()
    {
        var assembly = typeof(RulePackLibrary).Assembly;
        var packs = assembly.GetManifestResourceNames().Where(name => name.StartsWith("packs/", StringComparison.Ordinal)).ToArray();
        Assert.Equal(8, packs.Length);
        Assert.All(packs, name =>
        {
            using var document = JsonDocument.Parse(assembly.GetManifestResourceStream(name)!);
            Assert.True(JsonSchemaCheck.IsValid(_schema, document.RootElement), name);
        });
    }

    [Theory]
    [InlineData("\"minHeightFraction\": 0.04", "\"minHeightFraction\": 0.04", true)]
    [InlineData("\"minHeightFraction\": 0.04", "\"minHeightFraction\": 0.6", false)]
    [InlineData("\"minHeightFraction\": 0.04", "\"minHeightFraction\": \"0.04\"", false)]
    [InlineData(", \"minHeightFraction\": 0.04", "", false)]
    [InlineData("\"minHeightFraction\": 0.04", "\"minHeightFraction\": 0.04, \"minSeconds\": 2", false)]
    [InlineData("\"kind\": \"height\"", "\"kind\": \"tall\"", false)]
    [InlineData("\"title\": \"t\", \"jurisdiction\"", "\"title\": \"\", \"jurisdiction\"", false)]
    [InlineData("\"audience\": [\"XX\"]", "\"audience\": []", false)]
    [InlineData("\"audience\": [\"XX\"]", "\"colour\": \"red\"", false)]
    [InlineData("\"possible\": \"AI\", ", "", false)]
    [InlineData("\"scope\": \"line\"", "\"scope\": \"page\"", false)]
    [InlineData("\"minConfidence\": 0.8", "\"minConfidence\": 2", false)]
    [InlineData("\"source\": \"s\"", "\"source\": \"s\", \"severity\": \"dire\"", false)]
    [InlineData("\"source\": \"s\"", "\"source\": \"s\", \"inForceFrom\": \"2026-02-20\", \"inForceUntil\": \"2027-01-01\", \"severity\": \"info\", \"enabled\": false", true)]
    [InlineData("\"source\": \"s\"", "\"source\": \"s\", \"inForceFrom\": \"soon\"", false)]
    [InlineData("\"height\"", "\"duration\"", false)]
    [InlineData("\"kind\": \"height\", \"clause\": \"c\", \"source\": \"s\", \"title\": \"t\", \"minHeightFraction\": 0.04", "\"kind\": \"position\", \"clause\": \"c\", \"source\": \"s\", \"title\": \"t\", \"corners\": [\"topRight\"]", true)]
    [InlineData("\"kind\": \"height\", \"clause\": \"c\", \"source\": \"s\", \"title\": \"t\", \"minHeightFraction\": 0.04", "\"kind\": \"position\", \"clause\": \"c\", \"source\": \"s\", \"title\": \"t\", \"corners\": [\"middle\"]", false)]
    [InlineData("\"kind\": \"height\", \"clause\": \"c\", \"source\": \"s\", \"title\": \"t\", \"minHeightFraction\": 0.04", "\"kind\": \"wording\", \"clause\": \"c\", \"source\": \"s\", \"title\": \"t\", \"groups\": [[\"AI\"]], \"forms\": [{ \"text\": \"AI\" }], \"negations\": [\"no\"]", true)]
    [InlineData("\"kind\": \"height\", \"clause\": \"c\", \"source\": \"s\", \"title\": \"t\", \"minHeightFraction\": 0.04", "\"kind\": \"wording\", \"clause\": \"c\", \"source\": \"s\", \"title\": \"t\", \"groups\": [[]]", false)]
    public void Schema_and_reader_agree(string part, string other, bool sound)
    {
        Assert.Contains(part, Sound, StringComparison.Ordinal);
        var json = Sound.Replace(part, other, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(sound, JsonSchemaCheck.IsValid(_schema, document.RootElement));
        var reading = RulePackReader.Read(json, "x.json");
        Assert.True(sound == reading.Pack is not null, string.Join('\n', reading.Errors));
    }

    [Fact]
    public void A_pack_with_everything_reads_back_everything()
    {
        var pack = RulePackReader.Read(Sound, "x.json").Pack!;
        Assert.Equal(("n", "en", "XX"), (pack.Note, pack.Language, pack.Audience.Single()));
        Assert.Equal("de", pack.Translations.Single().Language);
        Assert.Same(pack.Translations.Single().Wording, pack.In(["fr", "DE"]).Wording);
        Assert.Equal(pack, pack.In(["fr"]));
    }

    [Fact]
    public void A_draft_without_a_reason_and_an_end_before_the_beginning_are_faults()
    {
        var json = Sound.Replace("\"source\": \"s\"", "\"source\": \"s\", \"status\": \"draft\", \"inForceFrom\": \"2026-02-20\", \"inForceUntil\": \"2026-02-20\", \"readings\": [\"height\"]", StringComparison.Ordinal);
        Assert.Equal(
            ["x.json: rules[0].inForceUntil", "x.json: rules[0].note", "x.json: rules[0].readings"],
            RulePackReader.Read(json, "x.json").Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }
}
