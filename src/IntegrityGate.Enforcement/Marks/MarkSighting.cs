using IntegrityGate.Core.Frames;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>A mark on one frame.</summary>
/// <param name="Id">The mark's id.</param>
/// <param name="Owner">Who leaves it.</param>
/// <param name="Kind">How far it can be trusted by itself, in this line.</param>
/// <param name="Wanders">True when its generator moves it about.</param>
/// <param name="Says">What was seen, for people.</param>
/// <param name="Box">Where, px.</param>
/// <param name="Score">How sure, 0..1: the reader's confidence, or a logo's correlation.</param>
internal sealed record MarkSighting(string Id, string Owner, MarkKind Kind, bool Wanders, string Says, PixelBox Box, double Score);
