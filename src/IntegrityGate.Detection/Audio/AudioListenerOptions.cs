namespace IntegrityGate.Detection.Audio;

/// <summary>How sound is listened to.</summary>
public sealed record AudioListenerOptions
{
    /// <summary>Windows listened to at a time; default 1: a window of ten seconds takes milliseconds.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>32 clips: as many wordings and voices as a platform has; each costs about a millisecond a window.</summary>
    public const int MaxClips = 32;

    /// <summary>The rhythm's tolerances.</summary>
    public RhythmOptions Rhythm { get; init; } = new();

    /// <summary>0.25: least share of speech in a window before the synthetic-voice detector is asked.</summary>
    public double MinSpeechShare { get; init; } = 0.25;
}
