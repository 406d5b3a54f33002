namespace IntegrityGate.Core.Rules;

/// <summary>A mark on the picture that a generator or a platform leaves: a trace in the sense of art. 6(3) of the CAC Measures.</summary>
/// <param name="Name">Who leaves it, for people.</param>
/// <param name="Text">The words.</param>
/// <param name="Scope">Anywhere in the line, or the line itself: names that are also ordinary words must be the line.</param>
/// <param name="MinConfidence">Least mean character confidence of the line, 0..1.</param>
public sealed record VisibleMark(string Name, string Text, PhraseScope Scope, double MinConfidence);
