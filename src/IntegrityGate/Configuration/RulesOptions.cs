using IntegrityGate.Core;

namespace IntegrityGate.Configuration;

/// <summary>Which rules apply.</summary>
/// <param name="Folder">Folder with an operator's packs, or empty.</param>
/// <param name="Packs">Pack ids.</param>
/// <param name="Continuous">Live commerce: the label must stay (order 117 art. 37).</param>
public sealed record RulesOptions(string Folder, ValueList<string> Packs, bool Continuous);
