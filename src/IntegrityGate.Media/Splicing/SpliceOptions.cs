namespace IntegrityGate.Media.Splicing;

/// <summary>Limits and encoder settings of the <see cref="Splicer"/>.</summary>
public sealed record SpliceOptions
{
    /// <summary>x264 preset. veryfast: 0.40 of a core for 1080p30, decoding and label included, at two thirds of ultrafast's bytes (0.25 of a core).</summary>
    public string Preset { get; init; } = "veryfast";

    /// <summary>x265 preset. ultrafast: superfast takes a fifth to three fifths more of a core (measured at 1080p and 720p), and x265 is the slowest of the three as it is.</summary>
    public string HevcPreset { get; init; } = "ultrafast";

    /// <summary>x265 rate factor. 20: about what 18 is for x264; the source's own rate caps it.</summary>
    public int HevcRateFactor { get; init; } = 20;

    /// <summary>SVT-AV1 preset, 10 to 12. 12: some three fifths of what 10 takes of a core (measured at 1080p and 720p).</summary>
    public int Av1Preset { get; init; } = 12;

    /// <summary>Slice threads of the encoder. 2: halves the time of a picture; frame threads would hold pictures back.</summary>
    public int EncoderThreads { get; init; } = 2;

    /// <summary>x264 rate factor. 18: near the eye's threshold; the source's own rate caps it.</summary>
    public int RateFactor { get; init; } = 18;

    /// <summary>Peak rate as a multiple of the source's measured rate. 1.10: a second coding needs a little more for the same quality.</summary>
    public double RateHeadroom { get; init; } = 1.10;

    /// <summary>Least peak rate, bit/s. 300 kbit/s: a still picture's measured rate says nothing of the next scene.</summary>
    public long MinRateBps { get; init; } = 300_000;

    /// <summary>
    /// Media time that the encoder may be behind before the publisher's bytes take over at the next IDR. 1.5 s: some forty-five pictures;
    /// a well encoder is behind by two to four.
    /// </summary>
    public TimeSpan MaxLag { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Media time that may be held back at most; beyond it pictures are given up. 3 s: players stall at about that.</summary>
    public TimeSpan MaxHold { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Bytes that may be held back, and kept of the running GOP, each. 32 MiB: three seconds at 80 Mbit/s.</summary>
    public int MaxHeldBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Time that a closed encoder has for its last pictures. 1.5 s: as much as it may be behind.</summary>
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Media time without an IDR after which it is reported. 10 s: the longest key frame distance that platforms accept.</summary>
    public TimeSpan NoIdrAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait before the next try after an encoder failed; doubles with each failure in a row. 2 s: one GOP.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait between tries. 60 s: a stream that cannot be stamped costs one short-lived process a minute.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Age at which an encoder is renewed, at an IDR. 12 h: FLV time stamps have 32 bits, and so nothing can pile up.</summary>
    public TimeSpan MaxSegment { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Packets that may wait for the splicer's loop. 1,024: some eight seconds of a usual stream; full means the writer waits.</summary>
    public int InboxLength { get; init; } = 1024;

    /// <summary>Folder of the ffmpeg program; empty for the search path.</summary>
    public string FfmpegFolder { get; init; } = "";
}
