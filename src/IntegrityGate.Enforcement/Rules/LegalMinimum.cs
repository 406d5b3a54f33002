using System.Globalization;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>Holds an operator's rule against the shipped one, which says what the law asks for: more is free, less must be acknowledged by its clause.</summary>
internal static class LegalMinimum
{
    /// <summary>In what an operator's rule asks for less than the law.</summary>
    /// <param name="law">The shipped rule.</param>
    /// <param name="own">The operator's; null when it was left out.</param>
    /// <returns>Each parameter with what is wrong; empty when nothing is, when the shipped rule is no law either, or when the operator acknowledges its clause.</returns>
    public static IEnumerable<(string Parameter, string Message)> FaultsOf(Rule law, Rule? own)
    {
        if (own is not null && own.GetType() != law.GetType())
            return [("kind", "the kind of a shipped rule cannot change")];
        var shortfalls = law is not DutyRule && law.Status is RuleStatus.InForce or RuleStatus.Superseded ? Shortfalls(law, own).ToArray() : [];
        if (own is not { Acknowledged: { Length: > 0 } named })
            return shortfalls;
        if (!Names(named, law.Clause))
            return [("acknowledgeBelowLegalMinimum", $"\"{named}\" is not the rule's clause, which is {law.Clause}")];
        return [];
    }

    /// <summary>True when the operator's rule asks for less than the law, acknowledged or not.</summary>
    public static bool IsBelow(Rule law, Rule own) => law.GetType() == own.GetType() && law.Status == RuleStatus.InForce && Shortfalls(law, own).Any();

    private static bool Names(string named, string clause) =>
        named == clause || clause.Split(';', StringSplitOptions.TrimEntries).Contains(named, StringComparer.Ordinal);

    private static IEnumerable<(string Parameter, string Message)> Shortfalls(Rule law, Rule? own)
    {
        if (own is null)
        {
            yield return ("", $"is left out, and {law.Clause} demands it");
            yield break;
        }

        if (!own.IsEnabled)
            yield return ("enabled", $"{law.Clause} demands it");
        if (own.Status != law.Status)
            yield return ("status", $"{law.Clause} is law");
        if (own.InForceFrom > (law.InForceFrom ?? DateOnly.MinValue))
            yield return ("inForceFrom", $"{law.Clause} is law from {Day(law.InForceFrom)}");
        if (own.InForceUntil is { } until && (law.InForceUntil is not { } end || until < end))
            yield return ("inForceUntil", $"{law.Clause} is law {(law.InForceUntil is { } last ? "until " + Day(last) : "without an end")}");
        if (ParameterShortfall(law, own) is { } shortfall)
            yield return shortfall;
    }

    private static (string Parameter, string Message)? ParameterShortfall(Rule law, Rule own) => (law, own) switch
    {
        (LabelHeightRule least, LabelHeightRule asked) when asked.MinHeightFraction < least.MinHeightFraction =>
            ("minHeightFraction", FormattableString.Invariant($"{asked.MinHeightFraction} is under {law.Clause} minimum {least.MinHeightFraction}")),
        (LabelDurationRule least, LabelDurationRule asked) when asked.MinDuration < least.MinDuration =>
            ("minSeconds", FormattableString.Invariant($"{asked.MinDuration.TotalSeconds} is under {law.Clause} minimum {least.MinDuration.TotalSeconds}")),
        (LabelWordingRule least, LabelWordingRule asked) when !least.Groups.All(group => asked.Groups.Any(own => own.AnyOf.All(text => group.AnyOf.Contains(text)))) =>
            ("groups", $"a label could lack an element that {law.Clause} demands"),
        (LabelPositionRule { Corners.Count: > 0 } least, LabelPositionRule asked) when asked.Corners.Count == 0 || asked.Corners.Any(corner => !least.Corners.Contains(corner)) =>
            ("corners", $"allows a corner that {law.Clause} does not"),
        _ => null,
    };

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "ever";
}
