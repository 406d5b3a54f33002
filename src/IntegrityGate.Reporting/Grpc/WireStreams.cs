using IntegrityGate.Reporting.Audit;
using IntegrityGate.Reporting.Streams;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>Streams and acts as the wire has them.</summary>
internal static class WireStreams
{
    /// <summary>A live stream.</summary>
    public static Wire.Stream ToWire(this StreamSnapshot stream)
    {
        var message = new Wire.Stream
        {
            Id = stream.Id.Value,
            App = stream.App,
            SessionId = stream.SessionId,
            StartedAt = stream.StartedAt.ToWire(),
            State = stream.State.ToWire(),
            VideoCodec = stream.VideoCodec,
            AudioCodec = stream.AudioCodec,
            BitrateBps = stream.BitrateBps,
            Tier = stream.Verdict.Tier.ToWire(),
            Basis = stream.Verdict.Basis.ToWire(),
            VerdictSummary = stream.Verdict.Summary,
            SpliceState = stream.Splice.ToWire(),
            UpstreamState = stream.Upstream.ToWire(),
            LastInspected = stream.LastInspected?.ToWire(),
            MediaTime = stream.MediaTime?.ToWire(),
            InspectionBypassed = stream.IsInspectionBypassed,
            StampOverride = stream.StampOverride.ToWire(),
            Counters = new Wire.StreamCounters
            {
                Packets = stream.Counters.Packets,
                DroppedPackets = stream.Counters.DroppedPackets,
                StampedFrames = stream.Counters.StampedFrames,
                InspectedFrames = stream.Counters.InspectedFrames,
                Bytes = stream.Counters.Bytes,
            },
            Viewers = stream.Viewers,
            Route = stream.Route,
        };
        message.Upstreams.AddRange(stream.Upstreams.Select(u => new Wire.Upstream
        {
            Name = u.Name,
            State = u.State.ToWire(),
            QueuedBytes = u.QueuedBytes,
            DroppedPackets = u.DroppedPackets,
            LastError = u.LastError,
        }));
        if (stream.Width is { } width)
            message.Width = width;
        if (stream.Height is { } height)
            message.Height = height;
        if (stream.FrameRate is { } rate)
            message.FrameRate = rate;
        return message;
    }

    /// <summary>An act.</summary>
    public static Wire.AuditEntry ToWire(this AuditEntry entry) => new()
    {
        Id = entry.Id,
        At = entry.At.ToWire(),
        Who = entry.Act.Who,
        Why = entry.Act.Why,
        Action = entry.Act.Action,
        StreamId = entry.Act.Stream.Value,
        SubjectId = entry.Act.Subject,
        Detail = entry.Act.Detail,
        Outcome = entry.Outcome.ToWire(),
        OutcomeDetail = entry.OutcomeDetail,
    };
}
