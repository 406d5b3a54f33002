using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Evidence;

/// <summary>The logos that one look found.</summary>
/// <param name="At">Presentation time of the frame.</param>
/// <param name="Logos">What was found; empty when nothing was.</param>
public sealed record LogoReading(MediaTime At, IReadOnlyList<LogoFound> Logos) : EvidenceItem(At, null);
