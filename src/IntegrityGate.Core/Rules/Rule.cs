using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>One demand of a rule pack: pure data, compared by value. What it demands stands in the derived records.</summary>
public abstract record Rule
{
    /// <summary>Id, for example <c>cn-2025.label.height</c>. Journals keep it: it never changes its meaning.</summary>
    public required string Id { get; init; }

    /// <summary>Clause, for example <c>GB 45438-2025 5.4</c>.</summary>
    public required string Clause { get; init; }

    /// <summary>The instrument in full: title, number, date of publication.</summary>
    public required string Source { get; init; }

    /// <summary>What is demanded, in one short sentence.</summary>
    public required string Title { get; init; }

    /// <summary>Law, draft or superseded.</summary>
    public RuleStatus Status { get; init; }

    /// <summary>First day on which it is law; null when it has always been (the gate's own rules).</summary>
    public DateOnly? InForceFrom { get; init; }

    /// <summary>How much a breach matters.</summary>
    public Severity Severity { get; init; } = Severity.Violation;

    /// <summary>The code of a breach, one of <see cref="ViolationCode"/>.</summary>
    public abstract string Violation { get; }

    /// <summary>The rule as an incident names it.</summary>
    public RuleReference Reference => new(Id, Clause, Title);

    /// <summary>True when the rule demands anything on a day.</summary>
    /// <param name="day">The day, UTC.</param>
    public bool AppliesOn(DateOnly day) => Status == RuleStatus.InForce && (InForceFrom is null || InForceFrom <= day);
}
