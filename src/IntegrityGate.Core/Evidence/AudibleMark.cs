using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Evidence;

/// <summary>An explicit label that was heard (GB 45438-2025 5.3).</summary>
/// <param name="Kind">Rhythm or speech.</param>
/// <param name="Name">The clip's name; empty for a rhythm.</param>
/// <param name="At">Media time at which it begins.</param>
/// <param name="Length">How long it lasts.</param>
/// <param name="Strength">How well it fits, 0 to 1: of a rhythm, 1 less its mean deviation from the proportions of Morse code; of a clip, the correlation.</param>
/// <param name="Threshold">The least strength that counts.</param>
/// <param name="FrequencyHz">The rhythm's pitch, Hz; null for a clip.</param>
public sealed record AudibleMark(
    AudibleMarkKind Kind, string Name, MediaTime At, TimeSpan Length, double Strength, double Threshold, double? FrequencyHz);
