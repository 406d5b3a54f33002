using IntegrityGate.Core;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>An operator's change of single values of a rule, or of what a pack's labels say. What is null or empty stays as it is.</summary>
public sealed record RuleOverride
{
    /// <summary>Where it stands in the settings, for errors, for example <c>rules.overrides.0</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Id of the rule; empty when it is for a pack's wording.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Id of the pack whose wording it changes; empty when it is for a rule.</summary>
    public string Pack { get; init; } = "";

    /// <summary>False turns the rule off.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>Another severity.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Another least height, share of the shortest side.</summary>
    public double? MinHeightFraction { get; init; }

    /// <summary>Another least time on screen.</summary>
    public TimeSpan? MinDuration { get; init; }

    /// <summary>Other corners; null for the rule's.</summary>
    public ValueList<LabelCorner>? Corners { get; init; }

    /// <summary>Wording of the tier confirmed.</summary>
    public string Confirmed { get; init; } = "";

    /// <summary>Wording of the tier possible.</summary>
    public string Possible { get; init; } = "";

    /// <summary>Wording of the tier suspected.</summary>
    public string Suspected { get; init; } = "";

    /// <summary>The clause under whose legal minimum it knowingly goes; empty for none.</summary>
    public string Acknowledged { get; init; } = "";

    /// <summary>The rule with the changes.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="errors">Receives values that its kind does not have.</param>
    public Rule Apply(Rule rule, List<ValidationError> errors)
    {
        var changed = rule with
        {
            IsEnabled = IsEnabled ?? rule.IsEnabled,
            Severity = Severity ?? rule.Severity,
            Acknowledged = Acknowledged.Length > 0 ? Acknowledged : rule.Acknowledged,
        };
        changed = Set(changed, "minHeightFraction", MinHeightFraction, (LabelHeightRule height, double value) => height with { MinHeightFraction = value }, errors);
        changed = Set(changed, "minSeconds", MinDuration, (LabelDurationRule duration, TimeSpan value) => duration with { MinDuration = value }, errors);
        if (Corners is not { } corners)
            return changed;
        if (changed is LabelPositionRule position)
            return position with { Corners = corners };
        errors.Add(new ValidationError(Path + ".corners", $"{rule.Id} has no such value"));
        return changed;
    }

    /// <summary>The wording with the changes.</summary>
    /// <param name="wording">The pack's.</param>
    public TierWording Apply(TierWording wording) => new(
        Confirmed.Length > 0 ? Confirmed : wording.Confirmed,
        Possible.Length > 0 ? Possible : wording.Possible,
        Suspected.Length > 0 ? Suspected : wording.Suspected);

    private Rule Set<TRule, TValue>(Rule rule, string key, TValue? value, Func<TRule, TValue, TRule> set, List<ValidationError> errors)
        where TRule : Rule
        where TValue : struct
    {
        if (value is not { } given)
            return rule;
        if (rule is TRule own)
            return set(own, given);
        errors.Add(new ValidationError($"{Path}.{key}", $"{rule.Id} has no such value"));
        return rule;
    }
}
