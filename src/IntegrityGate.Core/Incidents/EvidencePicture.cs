using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Incidents;

/// <summary>A clean frame (nothing drawn on it) kept as evidence.</summary>
/// <param name="Id">Its id; stands in <see cref="Incident.EvidenceIds"/>.</param>
/// <param name="At">Presentation time.</param>
/// <param name="Width">Width, px.</param>
/// <param name="Height">Height, px.</param>
/// <param name="Jpeg">The JPEG file.</param>
public sealed record EvidencePicture(string Id, MediaTime At, int Width, int Height, ReadOnlyMemory<byte> Jpeg);
