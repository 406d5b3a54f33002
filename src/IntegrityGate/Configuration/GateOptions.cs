using IntegrityGate.Core.Claims;

namespace IntegrityGate.Configuration;

/// <summary>The whole configuration, validated. Immutable and compared by value, so that a reload is a difference.</summary>
public sealed record GateOptions(
    RtmpListenOptions Rtmp,
    ListenOptions Http,
    ListenOptions Grpc,
    UpstreamOptions Upstream,
    ContinuityOptions Continuity,
    DataOptions Data,
    PropagatorIdentity Platform,
    InspectionOptions Inspection,
    RulesOptions Rules,
    PolicyOptions Policy,
    StampOptions Stamp,
    PlayOptions Play,
    TimeSpan FeedHeartbeat,
    TelemetryOptions Telemetry,
    AccessOptions Access);
