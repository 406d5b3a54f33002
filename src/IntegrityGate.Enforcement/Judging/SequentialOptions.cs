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

    /// <summary>Levels by a budget of false alarms; null (default): the model's own.</summary>
    public MeasuredLevels? Levels { get; init; }

    /// <summary>0.25 (in logits) are added to the mean of a stream that was declared to hold AI content, also after the declaration ended: whoever said so once does it more likely than a stranger. As much as the hysteresis, so it settles what is near a level and nothing else.</summary>
    public double DeclaredPrior { get; init; } = 0.25;

    /// <summary>0.5 (in logits) are taken from the mean for each time that a reviewer dismissed the detector's finding on this stream before: what it took the host for it will take the host for again. At a calibration of 1.7 a logit (frame-v1) that is odds of 2.4.</summary>
    public double DismissedPrior { get; init; } = 0.5;

    /// <summary>3 dismissals count: no stream gets out of reach for good.</summary>
    public int MaxDismissals { get; init; } = 3;

    /// <summary>
    /// 0.5 (in logits), twice the hysteresis: a stream whose mean is at least this far under the review level is clear, and its next
    /// frame alone, one of <see cref="MinSamples"/> or more, hardly changes that.
    /// </summary>
    public double ClearBy { get; init; } = 0.5;

    /// <summary>60 s after a finding ended before the detector can raise the next: incidents that open and close by the minute are noise.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromSeconds(60);
}
