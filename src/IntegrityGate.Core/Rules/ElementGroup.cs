namespace IntegrityGate.Core.Rules;

/// <summary>Alternatives of which a label must hold at least one, for example <c>人工智能</c> or <c>AI</c>.</summary>
/// <param name="AnyOf">The alternatives.</param>
public sealed record ElementGroup(ValueList<string> AnyOf);
