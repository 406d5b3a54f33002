using IntegrityGate.Core;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>Words that a generator or a platform leaves on the picture: a trace in the sense of art. 6(3) of the CAC Measures.</summary>
/// <param name="Id">Its id, for good.</param>
/// <param name="Owner">Who leaves it, for people.</param>
/// <param name="Kind">How far it can be trusted by itself.</param>
/// <param name="Wanders">True when its generator moves it about the picture.</param>
/// <param name="Texts">How it is written. Latin letters stand as its owner writes them: the case of a name is how it differs from a word.</param>
/// <param name="Source">Where it is known from.</param>
public sealed record TextMark(string Id, string Owner, MarkKind Kind, bool Wanders, ValueList<string> Texts, string Source);
