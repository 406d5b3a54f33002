using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>A sample was looked at.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="Score">What the detector said; null when it was not asked.</param>
/// <param name="Text">What was read; null when the text was not read.</param>
/// <param name="EvidenceId">Id under which the sample's picture can be kept; null when it cannot.</param>
public sealed record SampleLooked(MediaTime At, DateTimeOffset Wall, SyntheticScore? Score, TextReading? Text, string? EvidenceId) : JudgeInput(At, Wall)
{
    /// <summary>What the picture is recognised by when it comes again; null when it was not taken.</summary>
    public PicturePrint? Print { get; init; }

    /// <summary>The logos that were looked for; null when they were not.</summary>
    public LogoReading? Logos { get; init; }
}
