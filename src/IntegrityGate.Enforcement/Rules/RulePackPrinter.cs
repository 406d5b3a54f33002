using System.Globalization;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>Prints packs as they are in effect, and of each value whether it is the law's, a reading of it, the gate's choice, or the operator's.</summary>
/// <param name="library">The packs that there are, with what ships.</param>
/// <param name="day">The day whose law counts, UTC.</param>
/// <param name="output">Where to.</param>
public sealed class RulePackPrinter(RulePackLibrary library, DateOnly day, TextWriter output)
{
    /// <summary>Prints packs and the label that satisfies all of them.</summary>
    /// <param name="packs">The packs, the leading one first.</param>
    public void Print(IReadOnlyList<RulePack> packs)
    {
        foreach (var pack in packs)
            Print(pack);
        Print(Obligations.From(packs, day));
    }

    /// <summary>Prints a pack.</summary>
    /// <param name="pack">The pack.</param>
    public void Print(RulePack pack)
    {
        output.WriteLine($"{pack.Id}: {pack.Title}");
        if (pack.Note.Length > 0)
            output.WriteLine("  " + pack.Note);
        if (pack.Audience.Count > 0)
            output.WriteLine($"  audience: {string.Join(", ", pack.Audience)}");
        if (pack.Wording is { } wording)
        {
            var shipped = library.Shipping(pack.Id)?.In([pack.Language]).Wording;
            Value("confirmed", wording.Confirmed, shipped?.Confirmed, "the gate's choice");
            Value("possible", wording.Possible, shipped?.Possible, "the gate's choice");
            Value("suspected", wording.Suspected, shipped?.Suspected, "the gate's choice");
        }

        foreach (var rule in pack.Rules)
            Print(rule);
        output.WriteLine();
    }

    /// <summary>Where a rule stands on a day, in words.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="day">The day, UTC.</param>
    public static string StandingOf(Rule rule, DateOnly day) => (rule, rule.Status) switch
    {
        ({ IsEnabled: false }, _) => "turned off by the operator",
        ({ IsOptedIn: true }, var status) => $"{NameOf(status)}, demanded by the operator",
        (_, RuleStatus.Draft) => "draft, demands nothing",
        (_, RuleStatus.Voluntary) => "recommended, demands nothing",
        (_, RuleStatus.Uncertain) => "uncertain, demands nothing",
        _ when rule.InForceUntil <= day || (rule.Status == RuleStatus.Superseded && rule.InForceUntil is null) => "superseded" + (rule.InForceUntil is { } end ? " on " + Text(end) : ""),
        _ when rule.InForceFrom > day => "in force from " + Text(rule.InForceFrom.Value),
        _ => "in force" + (rule.InForceFrom is { } from ? " since " + Text(from) : ""),
    };

    private void Print(Rule rule)
    {
        var kind = RuleKinds.Of(rule);
        var law = library.LawOf(rule.Id);
        output.WriteLine();
        output.WriteLine($"  {rule.Id}: {StandingOf(rule, day)}");
        output.WriteLine($"    {rule.Clause}: {rule.Title}");
        if (rule.Note.Length > 0)
            output.WriteLine("    " + rule.Note);
        foreach (var parameter in kind.Parameters)
        {
            var shipped = law is not null && law.GetType() == rule.GetType() ? parameter.Print(law) : null;
            if (parameter.Print(rule) is { Length: > 0 } value)
                Value("  " + parameter.Name, value, shipped, rule.Readings.Contains(parameter.Name) ? "the gate's reading" : rule.Clause == "IntegrityGate" ? "the gate's choice" : "law");
        }

        if (rule is not DutyRule)
            Value("  severity", SeverityOf(rule), law is null ? null : SeverityOf(law), "the gate's choice");
        if (law is not null && LegalMinimum.IsBelow(law, rule))
            output.WriteLine($"    below the legal minimum of {law.Clause}, acknowledged by the operator");
    }

    private void Print(Obligations all)
    {
        output.WriteLine($"Together on {Text(day)}:");
        if (all.Presence is null)
        {
            output.WriteLine("  no label is asked for");
            return;
        }

        output.WriteLine(FormattableString.Invariant($"  glyph height   {(all.Height is { } height ? $"{height.MinHeightFraction:0.####} of the shortest side ({height.Id})" : "no least height")}"));
        output.WriteLine(FormattableString.Invariant($"  on screen      {(all.Continuous is { } always ? $"as long as the AI content ({always.Id})" : all.Duration is { } least ? $"at least {least.MinDuration.TotalSeconds} s ({least.Id})" : "no least time")}"));
        output.WriteLine($"  position       {(all.Positions.Count == 0 ? "free" : string.Join("; ", all.Positions.Select(rule => (rule.Corners.Count == 0 ? "edge or corner" : RuleParameters.Corners.Print(rule)) + $" ({rule.Id})")))}");
        if (all.TierWording is { } wording)
            output.WriteLine($"  stamped        {wording.Confirmed} | {wording.Possible} | {wording.Suspected}");
    }

    private void Value(string name, string value, string? shipped, string origin) => output.WriteLine(
        shipped == value ? $"  {name}: {value}   [{origin}]"
        : shipped is null ? $"  {name}: {value}   [the operator's]"
        : $"  {name}: {value}   [the operator's; {origin}: {(shipped.Length == 0 ? "none" : shipped)}]");

    private static string SeverityOf(Rule rule) => RuleFields.SeverityNames.First(named => named.Value == rule.Severity).Name;

    private static string NameOf(RuleStatus status) => RuleFields.StatusNames.First(named => named.Value == status).Name;

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
