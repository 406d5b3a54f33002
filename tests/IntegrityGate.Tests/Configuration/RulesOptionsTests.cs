using IntegrityGate.Commands;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Configuration;

/// <summary>The section <c>rules</c>: which packs apply where, whose values hold, and which conflicts are told before anything starts.</summary>
public sealed class RulesOptionsTests
{
    private static readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void No_packs_by_name_leaves_those_of_the_audience()
    {
        Assert.Equal(["cn-2025"], Read("").Rules.Selection.Packs);
        var rules = Read("rules:\n  packs: none\n  audience: [eu, KR]\n").Rules.Selection;
        Assert.Empty(rules.Packs);
        Assert.Equal(["EU", "KR"], rules.Audience);
        Assert.Contains("the gate would demand nothing", Assert.Single(Errors("rules:\n  packs: none\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void Overrides_are_read_with_their_paths()
    {
        var overrides = Read(
            """
            rules:
              overrides:
                - rule: cn-2025.label.height
                  minHeightFraction: 0.06
                  severity: critical
                - rule: cn-2025.label.duration
                  minSeconds: 1
                  acknowledgeBelowLegalMinimum: GB 45438-2025 5.4
                - rule: cn-2025.label.position
                  enabled: true
                  corners: [topLeft, topRight]
            """).Rules.Selection.Overrides;
        Assert.Equal((0.06, Severity.Critical, "rules.overrides.0"), (overrides[0].MinHeightFraction, overrides[0].Severity!.Value, overrides[0].Path));
        Assert.Equal((TimeSpan.FromSeconds(1), "GB 45438-2025 5.4"), (overrides[1].MinDuration!.Value, overrides[1].Acknowledged));
        Assert.Equal([LabelCorner.TopLeft, LabelCorner.TopRight], overrides[2].Corners!);
    }

    [Fact]
    public void All_that_is_wrong_with_the_rules_comes_at_once() => Assert.Equal(
        [
            "routes.0.rules.audience: no pack is for XX: leave it out, or write a pack whose audience lists it",
            "rules.overrides.0.minHeightFraction: 0.02 is under GB 45438-2025 5.4 minimum 0.05 (cn-2025.label.height); acknowledgeBelowLegalMinimum: GB 45438-2025 5.4 takes it all the same",
            "rules.overrides.1.rule: no pack has a rule cn-2025.label.colour",
        ],
        Errors(
            """
            rules:
              overrides:
                - rule: cn-2025.label.height
                  minHeightFraction: 0.02
                - rule: cn-2025.label.colour
                  severity: info
            routes:
              - name: one
                app: one
                rules:
                  audience: [XX]
              - name: two
                app: two
            """).Order(StringComparer.Ordinal));

    [Fact]
    public void Values_that_cannot_be_are_named_once_although_routes_inherit_them() => Assert.Equal(
        ["rules.overrides.0.corners: 'middle' is not topLeft, topRight, bottomLeft or bottomRight", "rules.overrides.0.size: is not a setting"],
        Errors("rules:\n  overrides:\n    - rule: cn-2025.label.position\n      corners: [middle]\n      size: 3\nroutes:\n  - name: one\n    app: one\n").Order(StringComparer.Ordinal));

    [Fact]
    public void A_route_has_packs_of_its_own_and_inherits_the_rest()
    {
        var options = Read(
            """
            rules:
              overrides:
                - rule: cn-2025.label.height
                  minHeightFraction: 0.07
            routes:
              - name: europe
                app: europe
                rules:
                  packs: none
                  audience: [EU]
              - name: shop
                app: shop
                rules:
                  continuous: true
            """);
        var settings = LiveOptions.Settings.Of(options, _time);
        Assert.Equal(["AI GENERATED", "AI生成", "AI生成"], options.Routes.Routes.Select(route => settings.JudgesOf(route).Labels[0].Text));
        Assert.Equal([0.05, 0.07, 0.07], options.Routes.Routes.Select(route => Math.Round(settings.JudgesOf(route).Labels[0].HeightFraction / 1.08, 6)));
    }

    [Fact]
    public void A_corner_that_a_rule_does_not_allow_is_a_conflict_before_anything_starts() => Assert.Equal(
        ["stamp.corner: bottomLeft does not satisfy all: cn-2025.label.position allows topRight"],
        Errors("stamp:\n  corner: bottomLeft\nrules:\n  overrides:\n    - rule: cn-2025.label.position\n      corners: [topRight]\n"));

    [Fact]
    public void A_publisher_may_add_countries_and_take_none_away()
    {
        var judges = LiveOptions.Settings.Of(Read("rules:\n  audienceParameter: audience\n"), _time).Judges.Values.Single();
        Assert.Equal("audience", judges.AudienceParameter);
        Assert.Equal("AI生成", TextOf(judges, null));
        Assert.Equal("AI生成 AI GENERATED", TextOf(judges, "EU"));
        Assert.Equal("AI生成 AI GENERATED", TextOf(judges, "de, xx,,CN"));
        Assert.Equal("AI生成 AI 생성물", TextOf(judges, "kr"));
        Assert.Equal("AI生成", TextOf(judges, string.Join(',', Enumerable.Repeat("XX", 1000)) + ",EU"));
    }

    [Fact]
    public void Show_prints_what_is_in_effect_and_whose_it_is()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "rules:\n  audience: [EU]\n  overrides:\n    - rule: cn-2025.label.height\n      minHeightFraction: 0.06\n");
            using var output = new StringWriter();
            using var error = new StringWriter();
            Assert.Equal(ExitCode.Ok, RulesCommand.Show(file, null, "default", null, _time, output, error));
            Assert.Contains("[the operator's; law: 0.05]", output.ToString(), StringComparison.Ordinal);
            Assert.Contains("Together on 2026-10-01:", output.ToString(), StringComparison.Ordinal);
            Assert.Equal(ExitCode.Ok, RulesCommand.Show(file, "us-ca", "default", "2026-12-31", _time, output, error));
            Assert.Contains("in force from 2027-01-01", output.ToString(), StringComparison.Ordinal);
            Assert.Equal(ExitCode.Unusable, RulesCommand.Show(file, "atlantis", "default", null, _time, output, error));
            Assert.Equal(ExitCode.Unusable, RulesCommand.Show(file, null, "nowhere", null, _time, output, error));
            Assert.Equal(ExitCode.Unusable, RulesCommand.Show(file, null, "default", "tomorrow", _time, output, error));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string TextOf(JudgeFactory judges, string? countries)
    {
        var judge = judges.Create(new Core.Streams.StreamId("s"), "session", countries);
        return judge.Apply(new Enforcement.Judging.Inputs.OperatorForced(default, _time.GetUtcNow(), Enforcement.Judging.Inputs.ForcedStamp.On, "ops", Tier.Confirmed)).Stamp!.Text;
    }

    private static IReadOnlyList<string> Errors(string yaml) => Assert.Throws<ConfigurationException>(() => LiveOptions.Settings.Of(Read(yaml), _time)).Errors;

    private static GateOptions Read(string yaml)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, yaml);
            return GateOptionsReader.Read(GateConfiguration.Build(file, new Dictionary<string, string?>()));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
