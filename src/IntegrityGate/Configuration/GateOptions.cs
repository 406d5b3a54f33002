using IntegrityGate.Core.Claims;
using IntegrityGate.Routing;

namespace IntegrityGate.Configuration;

/// <summary>The whole configuration, validated. Immutable and compared by value, so that a reload is a difference.</summary>
public sealed record GateOptions(
    RtmpListenOptions Rtmp,
    RtmpsListenOptions Rtmps,
    TlsOptions Tls,
    ListenOptions Http,
    ListenOptions Grpc,
    UpstreamOptions Upstream,
    RouteTable Routes,
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
    AccessOptions Access,
    ShutdownOptions Shutdown,
    bool ReusePort)
{
    /// <summary>Marks on the picture.</summary>
    public MarkOptions Marks { get; init; } = new("", "");

    /// <summary>How often the detector alone may be wrong.</summary>
    public FalseAlarmOptions FalseAlarms { get; init; } = new(null, null, "");

    /// <summary>True when some stream is looked at.</summary>
    public bool Looks => Routes.Routes.Any(route => route.Inspection.Enabled);

    /// <summary>True when some stream is listened to.</summary>
    public bool Listens => Routes.Routes.Any(route => route.Inspection is { Enabled: true, Audio.Enabled: true });

    /// <summary>The settings of streams that take a route.</summary>
    public GateOptions For(StreamRoute route) => this with { Policy = route.Policy, Rules = route.Rules, Stamp = route.Stamp, Inspection = route.Inspection };
}
