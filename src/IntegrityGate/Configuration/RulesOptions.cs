using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Configuration;

/// <summary>Which rules apply.</summary>
/// <param name="Folder">Folder with an operator's packs, or empty.</param>
/// <param name="Selection">Which packs, and what the operator makes of them.</param>
/// <param name="AudienceParameter">Name of the publish parameter in which a publisher may name countries of its audience; empty for none.</param>
public sealed record RulesOptions(string Folder, RuleSelection Selection, string AudienceParameter);
