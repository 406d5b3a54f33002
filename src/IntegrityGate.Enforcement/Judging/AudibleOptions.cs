namespace IntegrityGate.Enforcement.Judging;

/// <summary>What labels that were heard are worth.</summary>
public sealed record AudibleOptions
{
    /// <summary>
    /// 10 min for which a label that was heard speaks for the content: it is given once, at the start, in the middle or at the end (GB 45438-2025
    /// 5.3), so it need not come again soon; a detector's evidence ages out in the same time.
    /// </summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>8 labels are kept for the reviewer, the newest ones: enough to see that they come again, few enough for an incident.</summary>
    public int MaxKept { get; init; } = 8;

    /// <summary>
    /// The synthetic-voice detector's evidence. 3 windows instead of a frame detector's 5 frames: a window holds seconds of speech where a frame is
    /// a moment, and at the usual interval three are half a minute of speech.
    /// </summary>
    public SequentialOptions Voice { get; init; } = new() { MinSamples = 3 };
}
