using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>What became of one pack file.</summary>
/// <param name="Pack">The pack; null when there is an error.</param>
/// <param name="Errors">Everything that is wrong with it.</param>
public sealed record RulePackReading(RulePack? Pack, IReadOnlyList<ValidationError> Errors);
