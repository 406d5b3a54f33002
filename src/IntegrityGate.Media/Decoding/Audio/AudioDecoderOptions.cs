namespace IntegrityGate.Media.Decoding.Audio;

/// <summary>Limits of the <see cref="AudioDecoder"/>.</summary>
public sealed record AudioDecoderOptions
{
    /// <summary>Largest sum of a window's payloads in bytes. 8 MiB: a minute of lossless stereo is about 6 MiB.</summary>
    public int MaxWindowBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Longest window. 65 s: the longest that the settings allow, and the overlap.</summary>
    public TimeSpan MaxWindow { get; init; } = TimeSpan.FromSeconds(65);

    /// <summary>Packets of a window. 20,000: a minute of the shortest packets in use (5 ms), and as much again.</summary>
    public int MaxPackets { get; init; } = 20_000;

    /// <summary>Requests that may wait. 512: one for each of five hundred streams; the newcomer is refused when they are more.</summary>
    public int QueueLength { get; init; } = 512;

    /// <summary>Time a worker has for one window. 10 s: measured some 30 ms, so only a hang meets it.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time a fresh worker has to give its first sound. 10 s: measured 0.1 s, but a machine may be busy.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Workers that one stream may wreck in a row before it is quarantined. 3: once is bad luck, three times is the stream.</summary>
    public int CrashesBeforeQuarantine { get; init; } = 3;

    /// <summary>Time for which a quarantined stream is refused. 60 s, as for pictures.</summary>
    public TimeSpan QuarantineTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Windows after which a worker is renewed. 20,000: bounds whatever ffmpeg may leak, and keeps its 32-bit clock from wrapping.</summary>
    public int WindowsPerWorker { get; init; } = 20_000;

    /// <summary>Scheduling niceness of the workers, 0 to 19. 10: forwarding and stamping come first.</summary>
    public int Niceness { get; init; } = 10;

    /// <summary>Address space of one worker in bytes. 2 GiB: the program and its libraries take 0.6 GiB, sound next to nothing.</summary>
    public long MaxAddressSpace { get; init; } = 2L << 30;

    /// <summary>Folder of the ffmpeg program; empty for the search path.</summary>
    public string FfmpegFolder { get; init; } = "";
}
