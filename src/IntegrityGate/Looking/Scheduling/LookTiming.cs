namespace IntegrityGate.Looking.Scheduling;

/// <summary>How the moments of looks are spread, so that nobody can publish around them.</summary>
public sealed record LookTiming
{
    /// <summary>Every look falls due exactly an interval after the one before, as a scan does it.</summary>
    public static LookTiming Regular { get; } = new() { Jitter = 0, BetweenKeyFrames = 0, SceneInterval = TimeSpan.Zero };

    /// <summary>0.5: the next look falls due after 0.75 to 1.25 intervals, uniform; the mean, and so the cost, stays that of the interval.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>
    /// 0.05: share of looks that take the very frame that is due instead of the nearest key frame. A publisher decides what his key
    /// frames show; which of the frames between are looked at he cannot know. One in twenty raises the cost of decoding about by
    /// half (half a GOP of 60 frames decodes in some ten times the time of its key frame).
    /// </summary>
    public double BetweenKeyFrames { get; init; } = 0.05;

    /// <summary>1 s: after a change of scene, seen in the packets' sizes, a key frame is looked at this soon after the last look; zero for never.</summary>
    public TimeSpan SceneInterval { get; init; } = TimeSpan.FromSeconds(1);
}
