using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>A kind of rule that packs can have.</summary>
/// <param name="Name">The <c>kind</c> in a pack.</param>
/// <param name="Meaning">What rules of the kind demand, in one sentence.</param>
/// <param name="Create">Makes a rule of the kind with an id and nothing else.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record RuleKind(string Name, string Meaning, Func<string, Rule> Create, params IReadOnlyList<RuleParameter> Parameters)
{
    /// <summary>The record of its rules.</summary>
    public Type Type { get; } = Create("").GetType();
}
