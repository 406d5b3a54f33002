namespace IntegrityGate.Media.Decoding;

/// <summary>Limits of the <see cref="DecodePool"/>.</summary>
public sealed record DecodePoolOptions
{
    /// <summary>
    /// Long-lived ffmpeg workers that may be at work at once; each keeps a process a codec that came. Default: half the cores, at least 1:
    /// a 1080p key frame takes some 15 ms of one core.
    /// </summary>
    public int Workers { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Requests that may wait. 512: one for each of five hundred streams; more would be stale when their turn comes.</summary>
    public int QueueLength { get; init; } = 512;

    /// <summary>Time a worker has for one picture. 2 s: a hundred times what a 1080p key frame needs, so only a hang meets it.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time for a run of packets. 6 s: a ten-second GOP of 1080p60 decodes in about 3 s on one core.</summary>
    public TimeSpan RunTimeout { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Silence after which a worker is asked for a known picture, to tell undecodable bits (the worker answers) from a hang (it does
    /// not). 300 ms: far above the time of a 4K key frame.
    /// </summary>
    public TimeSpan ProbeAfter { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Time a fresh worker has to show its first picture. 5 s: measured 0.1 s, but a machine may be busy.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest picture in px. 8192 x 4320: level 6.2 (H.264 table A-1) allows 35.6 Mpx; its RGB takes 106 MB.</summary>
    public int MaxPixels { get; init; } = 8192 * 4320;

    /// <summary>Largest sum of a request's payloads in bytes. 64 MiB: ten seconds at 50 Mbps.</summary>
    public int MaxRunBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Workers that one stream may wreck in a row before it is quarantined. 3: once is bad luck, three times is the stream.</summary>
    public int CrashesBeforeQuarantine { get; init; } = 3;

    /// <summary>Time for which a quarantined stream is refused. 60 s: at most three wrecked workers a minute for one stream.</summary>
    public TimeSpan QuarantineTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pictures after which a worker is renewed. 20,000: bounds whatever ffmpeg may leak; the renewal costs 0.1 s.</summary>
    public int PicturesPerWorker { get; init; } = 20_000;

    /// <summary>Scheduling niceness of the workers, 0 to 19. 10: forwarding and stamping come first.</summary>
    public int Niceness { get; init; } = 10;

    /// <summary>
    /// Address space of one worker in bytes. 4 GiB: a picture of <see cref="MaxPixels"/> with the 16 references that H.264 allows
    /// takes 1 GiB, the program and its libraries 0.6 GiB.
    /// </summary>
    public long MaxAddressSpace { get; init; } = 4L << 30;

    /// <summary>Folder of the ffmpeg program; empty for the search path.</summary>
    public string FfmpegFolder { get; init; } = "";
}
