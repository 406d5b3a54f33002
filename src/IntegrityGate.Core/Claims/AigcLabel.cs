namespace IntegrityGate.Core.Claims;

/// <summary>The seven fields of an implicit label (GB 45438-2025 Annex E), as strings, as they stand in the file.</summary>
/// <param name="Label">"1" is, "2" may be, "3" suspected.</param>
/// <param name="ContentProducer">Generating provider: name or 27-character code.</param>
/// <param name="ProduceId">The provider's unique number for the content.</param>
/// <param name="ReservedCode1">The producer's own protection data.</param>
/// <param name="ContentPropagator">Propagating provider; on first write equals the producer (Annex E note 1).</param>
/// <param name="PropagateId">The propagator's unique number; on first write equals <paramref name="ProduceId"/>.</param>
/// <param name="ReservedCode2">The propagator's own protection data.</param>
public sealed record AigcLabel(
    string Label,
    string ContentProducer,
    string ProduceId,
    string ReservedCode1,
    string ContentPropagator,
    string PropagateId,
    string ReservedCode2);
