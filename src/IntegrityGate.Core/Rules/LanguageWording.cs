namespace IntegrityGate.Core.Rules;

/// <summary>What stamped labels say in a further language.</summary>
/// <param name="Language">The language, BCP 47.</param>
/// <param name="Wording">The wording.</param>
public sealed record LanguageWording(string Language, TierWording Wording);
