namespace IntegrityGate.Core.Rules;

/// <summary>Words to look for in a line of text.</summary>
/// <param name="Text">The words; case, width of letters and spaces between CJK characters do not matter.</param>
/// <param name="Scope">Anywhere in the line, or the line itself.</param>
public sealed record Phrase(string Text, PhraseScope Scope = PhraseScope.Words);
