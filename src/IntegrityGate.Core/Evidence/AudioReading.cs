using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Evidence;

/// <summary>What was heard in one window of a stream's sound.</summary>
/// <param name="At">Media time of its first sample.</param>
/// <param name="Length">How long the window is.</param>
/// <param name="LevelDb">Its level, dB below a full-scale sine's peak (RMS over the window); -120 for digital silence.</param>
/// <param name="SpeechShare">Share of it that is speech by the voice measure, 0 to 1.</param>
/// <param name="Marks">Audible labels, in the order of time.</param>
/// <param name="Voice">The synthetic-voice detector's opinion; null when there is no such detector, or no speech to judge.</param>
public sealed record AudioReading(
    MediaTime At, TimeSpan Length, double LevelDb, double SpeechShare, IReadOnlyList<AudibleMark> Marks, SyntheticScore? Voice) : EvidenceItem(At, Voice?.Model)
{
    /// <summary>True when there was nothing to hear.</summary>
    public required bool IsSilent { get; init; }
}
