namespace IntegrityGate.Core.Incidents;

/// <summary>The rule that an incident breaks.</summary>
/// <param name="Id">Rule id, for example <c>cn-2025.label.present</c>; persists for good.</param>
/// <param name="Clause">Clause, for example <c>GB 45438-2025 5.4</c>.</param>
/// <param name="Title">What the rule demands, in one short sentence.</param>
public sealed record RuleReference(string Id, string Clause, string Title);
