using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Enforcement.Tests.Rules;

public sealed class RulePackTests
{
    private static readonly RulePack _cn = RulePackLibrary.Shipped.Packs["cn-2025"];

    [Fact]
    public void The_shipped_rule_ids_and_codes_never_change()
    {
        var rules = RulePackLibrary.Shipped.Packs.Values.SelectMany(pack => pack.Rules).Where(rule => rule is not DutyRule).OrderBy(rule => rule.Id, StringComparer.Ordinal);
        Assert.Equal(
            [
                ("cn-2025.claim.contradiction", ViolationCode.ClaimContradiction),
                ("cn-2025.label.duration", ViolationCode.LabelTooShort),
                ("cn-2025.label.height", ViolationCode.LabelTooSmall),
                ("cn-2025.label.position", ViolationCode.LabelPosition),
                ("cn-2025.label.present", ViolationCode.LabelMissing),
                ("cn-2025.label.wording", ViolationCode.LabelWording),
                ("cn-2025.mark.forged", ViolationCode.MarkForged),
                ("cn-2025.mark.removed", ViolationCode.MarkRemoved),
                ("cn-digital-human.label.continuous", ViolationCode.LabelMissing),
                ("cn-digital-human.label.present", ViolationCode.LabelMissing),
                ("cn-digital-human.label.wording", ViolationCode.LabelWording),
                ("cn-live-commerce.label.continuous", ViolationCode.LabelMissing),
                ("eu-aia-50.label.continuous", ViolationCode.LabelMissing),
                ("eu-aia-50.label.present", ViolationCode.LabelMissing),
                ("eu-aia-50.label.wording", ViolationCode.LabelWording),
                ("gate.inspection.gap", ViolationCode.InspectionGap),
                ("gate.stamp.impossible", ViolationCode.CannotStamp),
                ("gate.stream.loop", ViolationCode.StreamLoop),
                ("in-2026.label.continuous", ViolationCode.LabelMissing),
                ("in-2026.label.present", ViolationCode.LabelMissing),
                ("in-2026.label.wording", ViolationCode.LabelWording),
                ("in-2026.mark.removed", ViolationCode.MarkRemoved),
                ("kr.label.present", ViolationCode.LabelMissing),
                ("kr.label.wording", ViolationCode.LabelWording),
            ],
            rules.Select(rule => (rule.Id, rule.Violation)));
    }

    [Fact]
    public void The_numbers_of_GB_45438_2025_5_4_are_the_laws()
    {
        Assert.Equal(0.05, _cn.Rules.OfType<LabelHeightRule>().Single().MinHeightFraction);
        Assert.Equal(TimeSpan.FromSeconds(2), _cn.Rules.OfType<LabelDurationRule>().Single().MinDuration);
        var groups = _cn.Rules.OfType<LabelWordingRule>().Single().Groups;
        Assert.Equal([["人工智能", "AI"], ["生成", "合成"]], groups.Select(group => group.AnyOf.ToArray()));
    }

    [Trait("Rule", "cn-2025.label.present")]
    [Theory]
    [InlineData(Tier.Confirmed, "AI生成")]
    [InlineData(Tier.Possible, "可能为AI生成")]
    [InlineData(Tier.Suspected, "疑似AI生成")]
    public void Measures_art_6_each_tier_has_its_wording(Tier tier, string wording) => Assert.Equal(wording, _cn.Wording!.For(tier));

    [Fact]
    public void Measures_art_6_content_without_a_finding_has_no_wording() => Assert.Throws<ArgumentOutOfRangeException>(() => _cn.Wording!.For(Tier.None));

    [Theory]
    [InlineData("2025-08-31", false)]
    [InlineData("2025-09-01", true)]
    public void The_measures_are_law_from_1_september_2025(string day, bool law) =>
        Assert.Equal(law, Obligations.From([_cn], DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Presence is not null);

    [Theory]
    [InlineData("2026-01-31", false)]
    [InlineData("2026-02-01", true)]
    public void Order_117_is_law_from_1_february_2026(string day, bool law) =>
        Assert.Equal(law, Obligations.From([RulePackLibrary.Shipped.Packs["cn-live-commerce"]], DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Continuous is not null);

    [Fact]
    public void A_draft_demands_nothing()
    {
        var draft = _cn with { Rules = [.. _cn.Rules.Select(rule => rule with { Status = RuleStatus.Draft })] };
        Assert.Null(Obligations.From([draft], new DateOnly(2030, 1, 1)).Presence);
    }

    [Fact]
    public void Of_two_packs_the_stricter_height_and_duration_count()
    {
        var stricter = _cn with
        {
            Rules = [.. _cn.Rules.Select(rule => rule switch
            {
                LabelHeightRule height => height with { Id = "x.height", MinHeightFraction = 0.08 },
                LabelDurationRule duration => duration with { Id = "x.duration", MinDuration = TimeSpan.FromSeconds(1) },
                _ => rule,
            })],
        };
        var obligations = Obligations.From([_cn, stricter], new DateOnly(2026, 10, 1));
        Assert.Equal("x.height", obligations.Height!.Id);
        Assert.Equal("cn-2025.label.duration", obligations.Duration!.Id);
    }

    [Fact]
    public void A_rule_that_was_replaced_is_the_law_of_its_days()
    {
        var rule = _cn.Rules[0] with { Status = RuleStatus.Superseded, InForceFrom = new(2025, 9, 1), InForceUntil = new(2027, 3, 1) };
        Assert.True(rule.AppliesOn(new(2027, 2, 28)));
        Assert.False(rule.AppliesOn(new(2027, 3, 1)));
        Assert.False((rule with { InForceUntil = null }).AppliesOn(new(2026, 1, 1)));
        Assert.False((_cn.Rules[0] with { InForceUntil = new(2027, 3, 1) }).AppliesOn(new(2027, 3, 1)));
    }

    [Fact]
    public void Every_rule_that_is_no_law_says_why_and_demands_nothing()
    {
        foreach (var rule in RulePackLibrary.Shipped.Packs.Values.SelectMany(pack => pack.Rules).Where(rule => rule.Status is RuleStatus.Draft or RuleStatus.Uncertain))
        {
            Assert.NotEmpty(rule.Note);
            Assert.False(rule.AppliesOn(new DateOnly(2030, 1, 1)), rule.Id);
        }
    }

    [Fact]
    public void Packs_are_compared_by_value() =>
        Assert.Equal(RulePackLibrary.Load(null).Packs["cn-2025"], RulePackLibrary.Load(null).Packs["cn-2025"]);

    [Fact]
    public void All_faults_of_a_pack_are_named_at_once_with_their_paths()
    {
        var reading = RulePackReader.Read(
            """
            {
              "id": "x", "title": "", "jurisdiction": "XX", "colour": "red",
              "wording": { "confirmed": "AI生成", "possible": 3 },
              "rules": [
                { "id": "y.height", "kind": "height", "clause": "c", "source": "s", "title": "t", "minHeightFraction": 2 },
                { "id": "x.a", "kind": "tall" },
                { "id": "x.b", "kind": "wording", "clause": "c", "source": "s", "title": "t", "inForceFrom": "yesterday", "groups": [[]], "disclosures": [{ "text": "AI", "scope": "page" }] },
                7
              ],
              "visibleMarks": [{ "name": "n", "text": "t", "minConfidence": "high" }]
            }
            """,
            "x.json");
        Assert.Null(reading.Pack);
        Assert.Equal(
            [
                "x.json: colour", "x.json: rules[0].id", "x.json: rules[0].minHeightFraction", "x.json: rules[1].kind",
                "x.json: rules[2].disclosures[0].scope", "x.json: rules[2].groups[0]", "x.json: rules[2].inForceFrom", "x.json: rules[3]",
                "x.json: title", "x.json: visibleMarks[0].minConfidence", "x.json: wording.possible", "x.json: wording.suspected",
            ],
            reading.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("{\"id\":\"x\",\"title\":\"t\",\"jurisdiction\":\"XX\"}", "at least one rule")]
    public void What_is_no_pack_is_refused_in_words(string json, string words) =>
        Assert.Contains(words, string.Join('\n', RulePackReader.Read(json, "x.json").Errors), StringComparison.Ordinal);

    [Fact]
    public void Twenty_thousand_broken_packs_never_throw()
    {
        var random = new Random(117);
        var seed = ShippedJson("cn-2025")[..1500] + "]}";
        for (var i = 0; i < 20_000; i++)
        {
            var characters = seed.ToCharArray();
            for (var edits = random.Next(1, 8); edits > 0; edits--)
                characters[random.Next(characters.Length)] = "{}[]\",:\\uD8x1 "[random.Next(14)];
            RulePackReader.Read(new string(characters), "x.json");
        }

        Assert.NotEmpty(RulePackReader.Read("{\"id\":\"\\uD800\"}", "x.json").Errors);
    }

    [Fact]
    public void A_wording_that_breaks_its_own_rule_is_refused()
    {
        var json = ShippedJson("cn-2025").Replace("可能为AI生成", "可能为AI", StringComparison.Ordinal);
        Assert.Equal("cn.json: wording.possible", Assert.Single(RulePackReader.Read(json, "cn.json").Errors).Path);
    }

    [Fact]
    public void An_operators_pack_may_ask_for_more_and_not_for_less()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "cn.json");
            File.WriteAllText(file, ShippedJson("cn-2025").Replace("\"minHeightFraction\": 0.05", "\"minHeightFraction\": 0.06", StringComparison.Ordinal));
            Assert.Equal(0.06, RulePackLibrary.Load(folder.FullName).Packs["cn-2025"].Rules.OfType<LabelHeightRule>().Single().MinHeightFraction);

            File.WriteAllText(file, ShippedJson("cn-2025").Replace("\"minHeightFraction\": 0.05", "\"minHeightFraction\": 0.02", StringComparison.Ordinal).Replace("\"minSeconds\": 2", "\"minSeconds\": 1", StringComparison.Ordinal));
            File.WriteAllText(Path.Combine(folder.FullName, "broken.json"), "{");
            var error = Assert.Throws<RulePackException>(() => RulePackLibrary.Load(folder.FullName));
            Assert.Equal(3, error.Errors.Count);
            Assert.Contains(error.Errors, fault => fault.Message == "0.02 is under GB 45438-2025 5.4 minimum 0.05");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_unknown_pack_id_is_refused_with_those_that_are_there()
    {
        Assert.Equal(["cn-2025", "gate"], RulePackLibrary.Shipped.Select(["cn-2025"]).Select(pack => pack.Id));
        var error = Assert.Throws<RulePackException>(() => RulePackLibrary.Shipped.Select(["atlantis"]));
        Assert.Contains("cn-live-commerce", error.Message, StringComparison.Ordinal);
    }

    private static string ShippedJson(string id)
    {
        using var reader = new StreamReader(typeof(RulePackLibrary).Assembly.GetManifestResourceStream($"packs/{id}.json")!);
        return reader.ReadToEnd();
    }
}
