using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Evidence;

/// <summary>What a detector made of a sample.</summary>
/// <param name="At">Presentation time of the sample.</param>
/// <param name="Model">The model that spoke; null when no model was needed.</param>
public abstract record EvidenceItem(MediaTime At, ModelReference? Model);
