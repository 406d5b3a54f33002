using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Egress;

namespace IntegrityGate;

/// <summary>The program's own instruments; the rooms have theirs beside the code that they measure. Documented in docs/metrics.md, which a test keeps true.</summary>
internal static class GateMetrics
{
    private static readonly Meter s_meter = GateTelemetry.Meter;

    /// <summary>Packets taken from publishers.</summary>
    public static readonly Counter<long> PacketsIn = s_meter.CreateCounter<long>("integritygate.ingest.packets", "{packet}", "Packets taken from publishers, by kind.");

    /// <summary>Payload bytes taken from publishers.</summary>
    public static readonly Counter<long> BytesIn = s_meter.CreateCounter<long>("integritygate.ingest.bytes", "By", "Payload bytes taken from publishers, by kind.");

    /// <summary>Added latency of forwarding.</summary>
    public static readonly Histogram<double> ForwardDelay = s_meter.CreateHistogram<double>(
        "integritygate.forward.delay", "ms", "From the first byte of a packet in to its hand-over to the egress; sampled on key frames.");

    /// <summary>Samples that a newer one pushed out of the tap.</summary>
    public static readonly Counter<long> TapDrops = s_meter.CreateCounter<long>("integritygate.tap.dropped", "{sample}", "Samples that a newer one pushed out before anybody looked.");

    /// <summary>Looks, by outcome.</summary>
    public static readonly Counter<long> Looks = s_meter.CreateCounter<long>("integritygate.look.samples", "{sample}", "Samples looked at, by outcome.");

    /// <summary>Time of a look by stage.</summary>
    public static readonly Histogram<double> LookStage = s_meter.CreateHistogram<double>("integritygate.look.duration", "ms", "Time of a look by stage: wait, decode, synthetic, text, total.");

    /// <summary>Windows of sound, by outcome.</summary>
    public static readonly Counter<long> AudioWindows = s_meter.CreateCounter<long>(
        "integritygate.audio.windows", "{window}", "Windows of sound by outcome: heard, silent, failed (not decoded), dropped (a newer one came first), limit (too large).");

    /// <summary>Time of listening by stage.</summary>
    public static readonly Histogram<double> AudioStage = s_meter.CreateHistogram<double>("integritygate.audio.duration", "ms", "Time of one window of sound by stage: decode, listen, total.");

    /// <summary>Audible labels.</summary>
    public static readonly Counter<long> AudibleMarks = s_meter.CreateCounter<long>("integritygate.audio.marks", "{mark}", "Labels that were heard, by kind: rhythm, spoken.");

    /// <summary>Incident events.</summary>
    public static readonly Counter<long> IncidentChanges = s_meter.CreateCounter<long>("integritygate.incidents", "{event}", "Incident events by kind and violation.");

    /// <summary>Reconnects to the upstream.</summary>
    public static readonly Counter<long> UpstreamReconnects = s_meter.CreateCounter<long>("integritygate.upstream.reconnects", "{attempt}", "Attempts to reach an upstream again, by outcome and upstream.");

    /// <summary>Packets dropped before the upstream.</summary>
    public static readonly Counter<long> UpstreamDrops = s_meter.CreateCounter<long>("integritygate.upstream.dropped", "{packet}", "Packets dropped because an upstream was away or slow, by upstream and reason: behind (its buffer is full), key_frame (it goes on at the next one).");

    /// <summary>Packets dropped before players.</summary>
    public static readonly Counter<long> PlayerDrops = s_meter.CreateCounter<long>("integritygate.player.dropped", "{packet}", "Packets that a player did not get, by reason: behind (its queue is full), key_frame (it begins, or goes on, at the next one).");

    /// <summary>Waits for a publisher to come back.</summary>
    public static readonly Counter<long> PublisherWaits = s_meter.CreateCounter<long>("integritygate.publish.waits", "{wait}", "Waits for a publisher that went away, by outcome: held, resumed, expired.");

    /// <summary>Publishes refused or ended.</summary>
    public static readonly Counter<long> Publishes = s_meter.CreateCounter<long>("integritygate.publishes", "{publish}", "Publishes by outcome.");

    /// <summary>Why a packet was dropped, as a tag.</summary>
    public static KeyValuePair<string, object?> ReasonOf(PacketFate fate) => new("reason", fate == PacketFate.Behind ? "behind" : "key_frame");
}
