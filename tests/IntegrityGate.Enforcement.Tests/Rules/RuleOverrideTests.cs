using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Enforcement.Tests.Rules;

/// <summary>What an operator may change of a shipped rule, and what must be acknowledged.</summary>
public sealed class RuleOverrideTests
{
    private const string Clause = "GB 45438-2025 5.4";

    [Theory]
    [InlineData(0.06, null, null)]
    [InlineData(0.05, null, null)]
    [InlineData(0.049, null, "rules.overrides.0.minHeightFraction: 0.049 is under GB 45438-2025 5.4 minimum 0.05")]
    [InlineData(0.049, Clause, null)]
    [InlineData(0.049, "GB 45438-2025 5.3", "rules.overrides.0.acknowledgeBelowLegalMinimum: \"GB 45438-2025 5.3\" is not the rule's clause")]
    [InlineData(0.049, "yes", "rules.overrides.0.acknowledgeBelowLegalMinimum")]
    public void A_height_below_the_legal_minimum_needs_its_clause(double height, string? acknowledged, string? error) =>
        Check(new RuleOverride { Path = "rules.overrides.0", Rule = "cn-2025.label.height", MinHeightFraction = height, Acknowledged = acknowledged ?? "" }, error, packs =>
            Assert.Equal(height, Obligations.From(packs, Today).Height!.MinHeightFraction));

    [Theory]
    [InlineData(2, null)]
    [InlineData(10, null)]
    [InlineData(1.9, "rules.overrides.0.minSeconds: 1.9 is under GB 45438-2025 5.4 minimum 2")]
    public void A_time_below_the_legal_minimum_needs_its_clause(double seconds, string? error) =>
        Check(new RuleOverride { Path = "rules.overrides.0", Rule = "cn-2025.label.duration", MinDuration = TimeSpan.FromSeconds(seconds) }, error, packs =>
            Assert.Equal(seconds, Obligations.From(packs, Today).Duration!.MinDuration.TotalSeconds));

    [Fact]
    public void To_turn_a_law_off_needs_its_clause_and_to_turn_off_a_draft_does_not()
    {
        var off = new RuleOverride { Path = "rules.overrides.0", Rule = "cn-2025.label.present", IsEnabled = false };
        Check(off, "rules.overrides.0.enabled: GB 45438-2025 5.4; CAC Measures art. 4(4), 6 demands it", _ => { });
        Check(off with { Acknowledged = "CAC Measures art. 4(4), 6" }, null, packs => Assert.Equal("eu-aia-50.label.present", Obligations.From(packs, Today).Presence!.Id));
        Check(off with { Rule = "cn-digital-human.label.present" }, null, packs => Assert.NotNull(Obligations.From(packs, Today).Presence));
    }

    [Fact]
    public void Severity_is_the_operators_to_choose() =>
        Check(new RuleOverride { Path = "o", Rule = "eu-aia-50.label.present", Severity = Severity.Violation }, null, packs =>
            Assert.Equal(Severity.Violation, packs.SelectMany(pack => pack.Rules).Single(rule => rule.Id == "eu-aia-50.label.present").Severity));

    [Fact]
    public void A_pack_may_get_other_words_as_long_as_they_meet_its_own_rule()
    {
        Check(new RuleOverride { Path = "o", Pack = "cn-2025", Confirmed = "人工智能生成合成" }, null, packs =>
            Assert.Equal(new TierWording("人工智能生成合成", "可能为AI生成", "疑似AI生成"), packs[0].Wording));
        Check(new RuleOverride { Path = "o", Pack = "cn-2025", Possible = "AI" }, "o.possible: \"AI\" lacks an element that cn-2025.label.wording demands", _ => { });
        Check(new RuleOverride { Path = "o", Pack = "cn-2025", Suspected = "是否AI生成" }, "takes for a denial", _ => { });
        Check(new RuleOverride { Path = "o", Pack = "cn-live-commerce", Possible = "AI" }, "leaves the wording to other packs", _ => { });
    }

    [Theory]
    [InlineData("", "", "o: names either a rule or a pack")]
    [InlineData("cn-2025.label.height", "cn-2025", "o: names either a rule or a pack")]
    [InlineData("cn-2025.label.heigth", "", "o.rule: no pack has a rule cn-2025.label.heigth")]
    [InlineData("", "cn-2026", "o.pack: no pack is called cn-2026")]
    public void What_is_not_there_is_named(string rule, string pack, string error) => Check(new RuleOverride { Path = "o", Rule = rule, Pack = pack }, error, _ => { });

    [Fact]
    public void A_value_that_the_kind_does_not_have_is_named()
    {
        Check(new RuleOverride { Path = "o", Rule = "cn-2025.label.height", MinDuration = TimeSpan.FromSeconds(3) }, "o.minSeconds: cn-2025.label.height has no such value", _ => { });
        Check(new RuleOverride { Path = "o", Rule = "cn-2025.label.height", Corners = [LabelCorner.TopLeft] }, "o.corners: cn-2025.label.height has no such value", _ => { });
    }

    [Fact]
    public void All_faults_of_a_selection_come_at_once()
    {
        var selection = new RuleSelection
        {
            Packs = ["cn-2025", "atlantis"],
            Audience = ["XX"],
            OptIn = ["nothing"],
            Overrides = [new RuleOverride { Path = "o", Rule = "cn-2025.label.height", MinHeightFraction = 0.01 }, new RuleOverride { Path = "p", Rule = "x" }],
        };
        var error = Assert.Throws<RulePackException>(() => RulePackLibrary.Shipped.Select(selection));
        Assert.Equal(["o.minHeightFraction", "p.rule", "rules.audience", "rules.optIn", "rules.packs"], error.Errors.Select(fault => fault.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_said_of_a_pack_that_does_not_apply_waits_for_a_route_where_it_does()
    {
        var change = new RuleOverride { Path = "o", Rule = "kr.label.present", Severity = Severity.Info };
        Assert.Equal(RulePackLibrary.Shipped.Select(["cn-2025"]), RulePackLibrary.Shipped.Select(new RuleSelection { Packs = ["cn-2025"], Overrides = [change], OptIn = ["cn-digital-human"] }));
    }

    [Theory]
    [InlineData("\"minHeightFraction\": 0.05", "\"minHeightFraction\": 0.02", "", "cn-2025: cn-2025.label.height.minHeightFraction")]
    [InlineData("\"minHeightFraction\": 0.05", "\"minHeightFraction\": 0.02", Clause, null)]
    [InlineData("[\"生成\", \"合成\"]", "[\"生成\", \"合成\", \"制作\"]", "", "cn-2025: cn-2025.label.wording.groups")]
    [InlineData("[\"生成\", \"合成\"]", "[\"生成\"]", "", null)]
    public void An_operators_file_is_held_against_the_law_the_same_way(string part, string other, string acknowledged, string? path)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            using var reader = new StreamReader(typeof(RulePackLibrary).Assembly.GetManifestResourceStream("packs/cn-2025.json")!);
            var text = reader.ReadToEnd();
            Assert.Contains(part, text, StringComparison.Ordinal);
            var acknowledge = acknowledged.Length == 0 ? "" : $", \"acknowledgeBelowLegalMinimum\": \"{acknowledged}\"";
            File.WriteAllText(Path.Combine(folder.FullName, "own.json"), text.Replace(part, other + acknowledge, StringComparison.Ordinal));
            if (path is null)
                Assert.NotNull(RulePackLibrary.Load(folder.FullName));
            else
                Assert.Equal(path, Assert.Single(Assert.Throws<RulePackException>(() => RulePackLibrary.Load(folder.FullName)).Errors).Path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DateOnly Today => new(2026, 10, 1);

    private static void Check(RuleOverride change, string? error, Action<IReadOnlyList<RulePack>> check)
    {
        var selection = new RuleSelection
        {
            Packs = ["cn-2025", "cn-live-commerce", "cn-digital-human", "eu-aia-50"],
            Overrides = [change],
        };
        if (error is null)
            check(RulePackLibrary.Shipped.Select(selection));
        else
            Assert.Contains(error, Assert.Single(Assert.Throws<RulePackException>(() => RulePackLibrary.Shipped.Select(selection)).Errors).ToString(), StringComparison.Ordinal);
    }
}
