using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Tests.Documentation;

/// <summary>
/// docs/compliance.md is generated from the shipped rule packs and from the names of the tests that carry a rule's id
/// (<c>[Trait("Rule", "…")]</c>), so it cannot drift from either. INTEGRITYGATE_WRITE_DOCS=1 writes it.
/// </summary>
public sealed partial class ComplianceReferenceTests
{
    private static readonly string[] _order = ["cn-2025", "cn-live-commerce", "cn-digital-human", "eu-aia-50", "in-2026", "kr", "us-ca"];

    [Fact]
    public void The_compliance_reference_lists_every_rule_with_its_tests_and_its_limits()
    {
        var path = Path.Combine(RepositoryRoot(), "docs", "compliance.md");
        var expected = Describe(Tests());
        if (Environment.GetEnvironmentVariable("INTEGRITYGATE_WRITE_DOCS") == "1")
            File.WriteAllText(path, expected);
        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_rule_that_the_gate_enforces_has_a_test_and_every_named_rule_exists()
    {
        var tests = Tests();
        var rules = RulePackLibrary.Shipped.Packs.Values.Where(pack => pack.Id != "gate").SelectMany(pack => pack.Rules).ToArray();
        Assert.All(rules.Where(rule => rule is not DutyRule && rule.Status == RuleStatus.InForce), rule => Assert.True(tests.Contains(rule.Id), $"{rule.Id} has no test"));
        Assert.All(tests, group => Assert.Contains(rules, rule => rule.Id == group.Key));
    }

    [Fact]
    public void Every_shipped_pack_is_in_the_reference() => Assert.Equal(_order.Append("gate").Order(StringComparer.Ordinal), RulePackLibrary.Shipped.Packs.Keys.Order(StringComparer.Ordinal));

    private static ILookup<string, string> Tests()
    {
        var files = Directory.EnumerateFiles(Path.Combine(RepositoryRoot(), "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        return files.SelectMany(file => Test().Matches(File.ReadAllText(file)))
            .SelectMany(test => Rule().Matches(test.Groups["attributes"].Value).Select(rule => (Rule: rule.Groups["id"].Value, Name: test.Groups["name"].Value)))
            .Distinct()
            .OrderBy(test => test.Name, StringComparer.Ordinal)
            .ToLookup(test => test.Rule, test => test.Name, StringComparer.Ordinal);
    }

    private static string Describe(ILookup<string, string> tests)
    {
        var text = new StringBuilder("""
            # Compliance

            Generated from the rule packs and from the tests that name a rule. Of each clause: its rule, what it demands, the tests that
            hold the gate to it, what the gate does about it, and what it cannot tell or enforce. `integritygate rules show` prints the
            values that are in effect in an installation; [4. Rule packs](4-rule-packs.md) says how packs are chosen and changed.

            A rule that is a draft, recommended or uncertain demands nothing unless `rules.optIn` names it. A duty is listed so that nobody
            takes the gate for having met it. This is our reading of the law with its sources named; it is not legal advice.

            """);
        foreach (var pack in _order.Select(id => RulePackLibrary.Shipped.Packs[id]))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## `{pack.Id}`\n\n{pack.Title}.{(pack.Note.Length > 0 ? " " + pack.Note : "")}\n\n");
            text.Append("| clause | rule | standing | demands | tests | the gate does | the gate cannot |\n|---|---|---|---|---|---|---|\n");
            foreach (var rule in pack.Rules)
            {
                var named = string.Join("<br>", tests[rule.Id].Select(name => $"`{name}`"));
                text.Append(CultureInfo.InvariantCulture, $"| {rule.Clause} | `{rule.Id}` | {StandingOf(rule)} | {rule.Title}{(rule.Note.Length > 0 ? $" *{rule.Note}*" : "")} | {named} | {Does(rule)} | {rule.GateCannot} |\n");
            }
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Does(Rule rule) => string.Join(' ', new[] { rule is DutyRule ? "" : $"`{rule.Violation}`.", rule.GateDoes }.Where(part => part.Length > 0));

    // Without today's date: the reference must not change by itself.
    private static string StandingOf(Rule rule)
    {
        var status = rule.Status == RuleStatus.InForce ? "law" : rule.Status.ToString().ToLowerInvariant();
        return (rule is DutyRule ? "duty, " : "") + status
            + (rule.InForceFrom is { } from ? string.Create(CultureInfo.InvariantCulture, $" from {from:yyyy-MM-dd}") : "")
            + (rule.InForceUntil is { } until ? string.Create(CultureInfo.InvariantCulture, $" until {until:yyyy-MM-dd}") : "");
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IntegrityGate.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    // The attributes above a test, and comments among them, up to its name.
    [GeneratedRegex(@"(?<attributes>(?:^ {4}(?:\[|//).*\r?\n)+) {4}public (?:async )?(?:void|Task) (?<name>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Test();

    [GeneratedRegex("\\[Trait\\(\"Rule\", \"(?<id>[^\"]+)\"\\)\\]")]
    private static partial Regex Rule();
}
