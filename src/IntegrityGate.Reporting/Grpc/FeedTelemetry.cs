using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>The feed's instruments. None has a label that tells one caller from another.</summary>
internal static class FeedTelemetry
{
    /// <summary>Watches that are open.</summary>
    public static UpDownCounter<int> Subscribers { get; } = GateTelemetry.Meter.CreateUpDownCounter<int>(
        "integritygate.feed.subscribers", "{subscriber}", "Watches that are open.");

    /// <summary>How far a watcher is behind the journal, at each read for it.</summary>
    public static Histogram<long> Lag { get; } = GateTelemetry.Meter.CreateHistogram<long>(
        "integritygate.feed.lag", "{event}", "How many events a watcher is behind the journal, at each read for it.");

    /// <summary>Events sent to watchers.</summary>
    public static Counter<long> Sent { get; } = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.feed.sent", "{event}", "Events sent to watchers.");

    /// <summary>Calls refused or ended, by reason.</summary>
    public static Counter<long> Refused { get; } = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.feed.refused", "{call}", "Calls refused or ended by the feed, by reason.");

    /// <summary>Evidence bytes sent.</summary>
    public static Counter<long> EvidenceBytes { get; } = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.feed.evidence.bytes", "By", "Bytes of evidence pictures sent.");

    /// <summary>Counts a refusal.</summary>
    public static void CountRefused(string reason) => Refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
