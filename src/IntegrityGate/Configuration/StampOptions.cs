using IntegrityGate.Core.Judging;
using IntegrityGate.Enforcement.Judging;

namespace IntegrityGate.Configuration;

/// <summary>The stamped label.</summary>
public sealed record StampOptions(StampDuration Duration, LabelCorner Corner, double HeightMargin, string Font, string Preset, string HevcPreset, int Av1Preset, TimeSpan MaxLag);
