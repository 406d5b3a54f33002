using System.Globalization;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Enforcement.Labels;

namespace IntegrityGate.Enforcement.Judging;

/// <content>
/// What is heard. A label for the ear (GB 45438-2025 5.3) is an explicit label: without a claim it makes the content suspected (art. 6(3) of the
/// CAC Measures). It does not meet the duty of a video, whose label is text on the picture (5.4), and stands among the facts of that incident.
/// </content>
public sealed partial class Judge
{
    private readonly AudibleWatch _audible;
    private readonly SequentialEvidence _voice;

    private void Hear(AudioReading reading)
    {
        _audible.Age(_now);
        _audible.Add(reading);
        if (reading.Voice is { } score)
            _voice.Add(score);
    }

    private IEnumerable<Ground> HeardGrounds()
    {
        if (!_suspicionsDismissed && _audible is { Since: { } since, Heard: [var first, ..] })
            yield return new Ground(Tier.Suspected, VerdictBasis.AudibleMark, since, AudibleFact(first));
        if (_voice.Standing is { Level: > DetectorLevel.None } standing)
            yield return new Ground(Tier.Suspected, BasisOf(standing), standing.Since, VoiceFact(standing));
    }

    private static VerdictBasis BasisOf(DetectorStanding standing) =>
        standing.Level == DetectorLevel.Stamp ? VerdictBasis.DetectorStamp : VerdictBasis.DetectorReview;

    // What else was heard, beside the fact that the verdict rests on.
    private IEnumerable<IncidentFact> HeardFacts()
    {
        foreach (var mark in _audible.Heard)
        {
            if (AudibleFact(mark) is var fact && fact != _ground!.Fact)
                yield return fact;
        }

        if (_voice.Standing is { Level: > DetectorLevel.None } standing && VoiceFact(standing) is var voice && voice != _ground!.Fact)
            yield return voice;
    }

    private static IncidentFact AudibleFact(AudibleMark mark)
    {
        var text = mark.Kind == AudibleMarkKind.Rhythm
            ? string.Create(CultureInfo.InvariantCulture, $"Heard at {mark.At}: the rhythm short-long, short-short, {mark.FrequencyHz:0} Hz, {mark.Length.TotalSeconds:0.0} s.")
            : string.Create(CultureInfo.InvariantCulture, $"Heard at {mark.At}: the spoken label \"{mark.Name}\", {mark.Length.TotalSeconds:0.0} s.");
        return new IncidentFact("audio", mark.At, text, mark.Strength, mark.Threshold, 1);
    }

    private static IncidentFact VoiceFact(DetectorStanding standing) => new(
        "voice",
        standing.Since,
        $"The voice detector's mean score is above its {(standing.Level == DetectorLevel.Stamp ? "stamp" : "review")} level.",
        standing.Mean,
        standing.Threshold,
        standing.Samples,
        standing.Model);
}
