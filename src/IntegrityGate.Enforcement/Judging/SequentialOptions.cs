namespace IntegrityGate.Enforcement.Judging;

/// <summary>How the scores of a stream's frames become a finding.</summary>
public sealed record SequentialOptions
{
    /// <summary>32 independent frames are averaged: enough that one frame moves the mean by 3 %, few enough that a stream which turns synthetic shows within minutes.</summary>
    public int Window { get; init; } = 32;

    /// <summary>10 min: older samples say nothing of what is on screen now.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>5 independent frames before anything is decided: one frame decides nothing.</summary>
    public int MinSamples { get; init; } = 5;

    /// <summary>8 s from the first to the last of them: frames of one shot are hardly independent.</summary>
    public TimeSpan MinSpread { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>3 of 64 bits: frames whose perceptual hashes differ by no more are one picture, encoded twice.</summary>
    public int SameFrameBits { get; init; } = 3;

    /// <summary>0.25 (in logits): a level that was entered is left only this far below it, about half the spread of a mean over the least number of frames, so that a verdict does not flicker.</summary>
    public double Hysteresis { get; init; } = 0.25;

    /// <summary>60 s after a finding ended before the detector can raise the next: incidents that open and close by the minute are noise.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromSeconds(60);
}
