using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Enforcement.Tests.Rules;

/// <summary>What <c>rules show</c> prints.</summary>
public sealed class RulePackPrinterTests
{
    [Fact]
    public void Of_each_value_it_is_said_whose_it_is()
    {
        var text = Print(new RuleSelection
        {
            Packs = ["cn-2025", "in-2026"],
            Overrides =
            [
                new RuleOverride { Path = "o", Rule = "cn-2025.label.height", MinHeightFraction = 0.06 },
                new RuleOverride { Path = "o", Rule = "cn-2025.label.duration", MinDuration = TimeSpan.FromSeconds(1), Acknowledged = "GB 45438-2025 5.4" },
                new RuleOverride { Path = "o", Pack = "in-2026", Confirmed = "SYNTHETICALLY GENERATED" },
            ],
        });
        Assert.Contains("minHeightFraction: 0.06   [the operator's; law: 0.05]", text, StringComparison.Ordinal);
        Assert.Contains("minSeconds: 1   [the operator's; law: 2]", text, StringComparison.Ordinal);
        Assert.Contains("below the legal minimum of GB 45438-2025 5.4, acknowledged by the operator", text, StringComparison.Ordinal);
        Assert.Contains("groups: (人工智能 or AI) and (生成 or 合成)   [law]", text, StringComparison.Ordinal);
        Assert.Contains("groups: (AI or SYNTHETIC or SYNTHETICALLY or DEEPFAKE)   [the gate's reading]", text, StringComparison.Ordinal);
        Assert.Contains("confirmed: SYNTHETICALLY GENERATED   [the operator's; the gate's choice: AI GENERATED]", text, StringComparison.Ordinal);
        Assert.Contains("stamped        AI生成 SYNTHETICALLY GENERATED | 可能为AI生成 POSSIBLY AI | 疑似AI生成 SUSPECTED AI", text, StringComparison.Ordinal);
        Assert.Contains("glyph height   0.06 of the shortest side (cn-2025.label.height)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us-ca.provenance.kept", "2026-12-31", "in force from 2027-01-01")]
    [InlineData("us-ca.provenance.kept", "2027-01-01", "in force since 2027-01-01")]
    [InlineData("us-ca.sb-1000", "2027-01-01", "uncertain, demands nothing")]
    [InlineData("in-2026.label.area", "2026-10-01", "superseded")]
    [InlineData("in-2026.label.continuous", "2026-10-01", "draft, demands nothing")]
    [InlineData("eu-aia-50.label.continuous", "2026-10-01", "recommended, demands nothing")]
    [InlineData("cn-digital-human.label.wording", "2026-10-01", "draft, demanded by the operator")]
    [InlineData("gate.inspection.gap", "2026-10-01", "in force")]
    public void Where_a_rule_stands_is_said_in_words(string id, string day, string standing)
    {
        var packs = RulePackLibrary.Shipped.Select(new RuleSelection { Packs = [.. RulePackLibrary.Shipped.Packs.Keys], OptIn = ["cn-digital-human"] });
        var rule = packs.SelectMany(pack => pack.Rules).Single(rule => rule.Id == id);
        Assert.Equal(standing, RulePackPrinter.StandingOf(rule, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_pack_without_a_label_says_so() => Assert.Contains("no label is asked for", Print(new RuleSelection { Packs = ["us-ca"] }), StringComparison.Ordinal);

    private static string Print(RuleSelection selection)
    {
        using var output = new StringWriter();
        new RulePackPrinter(RulePackLibrary.Shipped, new DateOnly(2026, 10, 1), output).Print(RulePackLibrary.Shipped.Select(selection));
        return output.ToString();
    }
}
