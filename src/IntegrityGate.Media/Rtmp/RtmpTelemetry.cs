using System.Diagnostics.Metrics;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Media.Rtmp.Listeners;

namespace IntegrityGate.Media.Rtmp;

/// <summary>The instruments of RTMP in and out.</summary>
internal static class RtmpTelemetry
{
    private static readonly UpDownCounter<int> Connections = GateTelemetry.Meter.CreateUpDownCounter<int>(
        "integritygate.rtmp.connections", "{connection}", "RTMP connections that are open.");

    private static readonly Counter<long> Closes = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.rtmp.closes", "{connection}", "RTMP connections that ended, by side and stage.");

    private static readonly Counter<long> Breaches = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.rtmp.limit_breaches", "{breach}", "Limits gone over, by the limit's name.");

    private static readonly Counter<long> IgnoredThings = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.rtmp.ignored", "{message}", "Messages passed over, by kind.");

    private static readonly Counter<long> Refusals = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.rtmp.refusals", "{request}", "Publishers and players sent away, by status code.");

    private static readonly Counter<long> TurnedAwayConnections = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.rtmp.turned_away", "{connection}", "Connections that never became an RTMP session, by the mistake the peer made.");

    private static readonly Counter<long> ReceivedBytes = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.rtmp.received", "By", "Bytes read from publishers and players.");

    private static readonly Counter<long> SentBytes = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.rtmp.sent", "By", "Bytes written to publishers and players.");

    /// <summary>A connection was accepted.</summary>
    public static void Opened() => Connections.Add(1);

    /// <summary>A connection ended.</summary>
    public static void Closed(GateFault fault)
    {
        Connections.Add(-1);
        Closes.Add(1, new KeyValuePair<string, object?>("fault", fault.ToString()));
    }

    /// <summary>A limit was gone over.</summary>
    public static void Breach(string limit) => Breaches.Add(1, new KeyValuePair<string, object?>("limit", limit));

    /// <summary>A message was passed over.</summary>
    public static void Ignored(string what, long count = 1)
    {
        if (count > 0)
            IgnoredThings.Add(count, new KeyValuePair<string, object?>("what", what));
    }

    /// <summary>Somebody was sent away.</summary>
    public static void Refused(string code) => Refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>A peer spoke what the port does not.</summary>
    public static void TurnedAway(TurnedAway reason) => TurnedAwayConnections.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    /// <summary>Bytes came in and went out.</summary>
    public static void Moved(long received, long sent)
    {
        if (received > 0)
            ReceivedBytes.Add(received);
        if (sent > 0)
            SentBytes.Add(sent);
    }
}
