using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Reporting.Streams;

/// <summary>A live stream at a moment. It holds nothing of the publish key.</summary>
public sealed record StreamSnapshot
{
    /// <summary>Public id; stable over reconnects.</summary>
    public required StreamId Id { get; init; }

    /// <summary>RTMP application (or its like) it was published to.</summary>
    public required string App { get; init; }

    /// <summary>The session: one publisher's life on the key.</summary>
    public required string SessionId { get; init; }

    /// <summary>When the session began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Where it is in its life.</summary>
    public StreamState State { get; init; }

    /// <summary>Video codec as a short name, for example <c>h264</c>; empty when unknown.</summary>
    public string VideoCodec { get; init; } = "";

    /// <summary>Audio codec as a short name, for example <c>aac</c>; empty when unknown.</summary>
    public string AudioCodec { get; init; } = "";

    /// <summary>Picture width, px; null when unknown.</summary>
    public int? Width { get; init; }

    /// <summary>Picture height, px; null when unknown.</summary>
    public int? Height { get; init; }

    /// <summary>Frames per second; null when unknown.</summary>
    public double? FrameRate { get; init; }

    /// <summary>Bits per second that the publisher sends, over the last seconds.</summary>
    public long BitrateBps { get; init; }

    /// <summary>The verdict that holds.</summary>
    public Verdict Verdict { get; init; } = Verdict.Unremarkable;

    /// <summary>What is being done to the picture.</summary>
    public SpliceState Splice { get; init; }

    /// <summary>How the connection to the upstream stands.</summary>
    public UpstreamState Upstream { get; init; }

    /// <summary>The route that it took, by its name in the settings.</summary>
    public string Route { get; init; } = "";

    /// <summary>Every server that it goes to: the primary first, then the copies.</summary>
    public IReadOnlyList<UpstreamSnapshot> Upstreams { get; init; } = [];

    /// <summary>Media time of the newest frame that was inspected; null when none was.</summary>
    public MediaTime? LastInspected { get; init; }

    /// <summary>Media time of the newest packet; null before the first.</summary>
    public MediaTime? MediaTime { get; init; }

    /// <summary>Maps the wall clock to media time; null before the first packet.</summary>
    public ClockAnchor? Clock { get; init; }

    /// <summary>Whether looking is bypassed by an operator.</summary>
    public bool IsInspectionBypassed { get; init; }

    /// <summary>An operator's hand on the stamp.</summary>
    public StampOverride StampOverride { get; init; }

    /// <summary>What the session has counted.</summary>
    public StreamCounters Counters { get; init; }

    /// <summary>Viewers that play from the gate now.</summary>
    public int Viewers { get; init; }

    /// <summary>The map from wall clock to media time; before the first packet the session's begin stands for its zero.</summary>
    public ClockAnchor ClockOrStart => Clock ?? new ClockAnchor(StartedAt, Core.Time.MediaTime.Zero);
}
