namespace IntegrityGate.Enforcement.Judging;

/// <summary>How often a stream is looked at.</summary>
public sealed record LookOptions
{
    /// <summary>2 s: one keyframe of the usual GOP.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>4 s once nothing was found for <see cref="CalmAfter"/>: half the cost for the many streams that have been clean for long.</summary>
    public TimeSpan CalmInterval { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>10 min without any ground, suspicion or trace: the age at which the detector's evidence has turned over once (SequentialOptions.MaxAge).</summary>
    public TimeSpan CalmAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>10 s between two readings of the text while nothing hangs on it: reading costs some twenty times what a score costs.</summary>
    public TimeSpan TextInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>500 ms while a label's state is undecided: two looks then fit into the first 2 s GOP, and the stamp goes on at the second.</summary>
    public TimeSpan Urgent { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>1 s while the detector's mean is near its review level and nothing is decided.</summary>
    public TimeSpan Suspicious { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>2 text readings at the start of every stream, whatever is known of it: an explicit label on the start frame (GB 45438-2025 5.4) is gone after 2 s.</summary>
    public int FirstTextLooks { get; init; } = 2;
}
