using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>One demand of a rule pack: pure data, compared by value. What it demands stands in the derived records.</summary>
public abstract record Rule
{
    /// <summary>Id, for example <c>cn-2025.label.height</c>. Journals keep it: it never changes its meaning.</summary>
    public required string Id { get; init; }

    /// <summary>Clause, for example <c>GB 45438-2025 5.4</c>; several are parted by semicolons.</summary>
    public required string Clause { get; init; }

    /// <summary>The instrument in full: title, number, date of publication.</summary>
    public required string Source { get; init; }

    /// <summary>What is demanded, in one short sentence.</summary>
    public required string Title { get; init; }

    /// <summary>Law, draft or superseded.</summary>
    public RuleStatus Status { get; init; }

    /// <summary>First day on which it is law; null when it has always been (the gate's own rules).</summary>
    public DateOnly? InForceFrom { get; init; }

    /// <summary>First day on which it is law no more; null while no end is known.</summary>
    public DateOnly? InForceUntil { get; init; }

    /// <summary>How much a breach matters: the gate's choice, not the law's.</summary>
    public Severity Severity { get; init; } = Severity.Violation;

    /// <summary>What is not known of the rule, or on what the pack's reading of it rests; empty when there is nothing to say.</summary>
    public string Note { get; init; } = "";

    /// <summary>What the gate gives towards it; empty when its kind says all.</summary>
    public string GateDoes { get; init; } = "";

    /// <summary>What the gate cannot tell or enforce of it; empty when nothing is known to be missing.</summary>
    public string GateCannot { get; init; } = "";

    /// <summary>Names of the parameters whose values are the gate's reading, since the law gives none.</summary>
    public ValueList<string> Readings { get; init; } = [];

    /// <summary>False: an operator turned it off.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>True: an operator demands it although it is no law.</summary>
    public bool IsOptedIn { get; init; }

    /// <summary>The clause under whose legal minimum an operator knowingly goes; empty for none.</summary>
    public string Acknowledged { get; init; } = "";

    /// <summary>The code of a breach, one of <see cref="ViolationCode"/>; empty for a duty that no look can tell.</summary>
    public abstract string Violation { get; }

    /// <summary>The rule as an incident names it.</summary>
    public RuleReference Reference => new(Id, Clause, Title);

    /// <summary>True when the rule demands anything on a day.</summary>
    /// <param name="day">The day, UTC.</param>
    public bool AppliesOn(DateOnly day) => IsEnabled && (IsOptedIn || IsLawOn(day));

    /// <summary>True when the rule is law on a day, whatever an operator makes of it.</summary>
    /// <param name="day">The day, UTC.</param>
    public bool IsLawOn(DateOnly day) => (InForceFrom is null || InForceFrom <= day) && Status switch
    {
        RuleStatus.InForce => InForceUntil is null || day < InForceUntil,
        RuleStatus.Superseded => day < InForceUntil,
        _ => false,
    };
}
