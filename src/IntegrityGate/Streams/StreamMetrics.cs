using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Egress;
using IntegrityGate.Reporting.Streams;

namespace IntegrityGate.Streams;

/// <summary>What each live stream looks like at the moment of a scrape, under its public id.</summary>
internal sealed class StreamMetrics
{
    /// <param name="registry">The live streams.</param>
    public StreamMetrics(StreamRegistry registry)
    {
        Observe("integritygate.stream.bitrate", "bit/s", "Payload bits per second that the publisher sends, over the last seconds.", s => s.BitsPerSecond);
        Observe("integritygate.stream.tier", "{tier}", "Verdict: 0 none, 1 suspected, 2 possible, 3 confirmed.", s => (long)s.Watch.Verdict.Tier);
        Observe("integritygate.stream.splice", "{state}", "Picture: 0 passing, 1 entering, 2 stamping, 3 leaving, 4 impossible.", s => (long)s.Watch.Splice);
        Observe("integritygate.stream.unseen", "ms", "Media time since the last frame that was looked at.", s => s.Position.Milliseconds - (s.Watch.LastLooked?.Milliseconds ?? 0));
        Observe("integritygate.stream.judge.waiting", "{input}", "Inputs that wait for the stream's judge.", s => s.Watch.Waiting);
        ObserveUpstreams("integritygate.stream.upstream.queued", "By", "Bytes that wait for each upstream.", links => links.Sum(u => u.QueuedBytes));
        ObserveUpstreams("integritygate.stream.upstream.connected", "{connection}", "Connections that each upstream has accepted: 0 while it is away.", links => links.Count(u => u.State == UpstreamState.Connected));
        Observe("integritygate.stream.gop", "{frame}", "Pictures of the publisher's last whole GOP.", s => s.Timing.GopFrames);
        Observe("integritygate.stream.keyframe.interval", "ms", "Media time between the publisher's last two key frames.", s => s.Timing.KeyFrameIntervalMs);
        Observe("integritygate.stream.jitter", "ms", "How much pictures come earlier or later than their times say, smoothed (RFC 3550 section 6.4.1).", s => (long)Math.Round(s.Timing.JitterMs));
        Observe("integritygate.stream.audio.ahead", "ms", "How far sound is ahead of the picture as they come; negative when it is behind.", s => s.Timing.AudioAheadMs);
        Observe("integritygate.stream.players", "{player}", "Players that take the stream from the gate.", s => s.Hub.Players);
        Observe("integritygate.stream.players.queued", "By", "Bytes that wait for the stream's players.", s => s.Hub.QueuedBytes);

        void Observe(string name, string unit, string description, Func<StreamSession, long> value) =>
            GateTelemetry.Meter.CreateObservableGauge(
                name,
                () => registry.Live.Select(s => new Measurement<long>(value(s), new KeyValuePair<string, object?>("stream.id", s.Identity.Id.Value))),
                unit,
                description);

        // By name: two copies to one server under two stream names are one series.
        void ObserveUpstreams(string name, string unit, string description, Func<IEnumerable<UpstreamLink>, long> value) =>
            GateTelemetry.Meter.CreateObservableGauge(
                name,
                () => registry.Live.SelectMany(s => s.Upstreams.GroupBy(u => u.Name).Select(links =>
                    new Measurement<long>(value(links), new KeyValuePair<string, object?>("stream.id", s.Identity.Id.Value), new KeyValuePair<string, object?>("upstream", links.Key)))),
                unit,
                description);
    }
}
