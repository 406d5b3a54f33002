using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Reporting.Streams;

namespace IntegrityGate.Streams;

/// <summary>The live streams as the feed's services see them, and the way of an operator's command to a stream.</summary>
internal sealed class StreamDirectory(StreamRegistry registry, TimeProvider time) : IStreamDirectory
{
    /// <inheritdoc/>
    public IReadOnlyList<StreamSnapshot> List() => [.. registry.Live.Select(Snapshot)];

    /// <inheritdoc/>
    public StreamSnapshot? Get(StreamId id) => registry.Find(id) is { } session ? Snapshot(session) : null;

    /// <inheritdoc/>
    public async ValueTask<CommandResult> ApplyAsync(StreamCommand command, CancellationToken cancellationToken)
    {
        if (registry.Find(command.Stream) is not { } session)
            return CommandResult.NotLive;
        try
        {
            return command switch
            {
                DeclareCommand c => await AskAsync((at, now) => new ClaimMade(at, now, c.Claim)),
                WithdrawCommand c => await AskAsync((at, now) => new ClaimWithdrawn(at, now, c.ClaimId)),
                ReviewCommand c => await AskAsync((at, now) => new ReviewDecided(at, now, c.IncidentId, c.Review)),
                ForceStampCommand c => await AskAsync((at, now) => new OperatorForced(at, now, ForcedStamp.On, "operator", c.Tier, c.Wording)),
                LiftStampCommand => await AskAsync((at, now) => new OperatorForced(at, now, ForcedStamp.Off, "operator")),
                ReleaseOverrideCommand => await AskAsync((at, now) => new OperatorForced(at, now, ForcedStamp.None, "operator")),
                SetInspectionCommand c => SetInspection(session, c.IsBypassed),
                CloseCommand c => Close(session, c.Reason),
                _ => CommandResult.Refused("this gate does not know the command"),
            };
        }
        catch (InvalidOperationException)
        {
            return CommandResult.NotLive; // it ended in the meantime
        }

        async ValueTask<CommandResult> AskAsync(Func<MediaTime, DateTimeOffset, JudgeInput> input)
        {
            await session.Watch.AskAsync(input, cancellationToken);
            return CommandResult.Applied;
        }
    }

    private static CommandResult SetInspection(StreamSession session, bool bypass)
    {
        session.Watch.SetBypass(bypass);
        return CommandResult.Applied;
    }

    private static CommandResult Close(StreamSession session, string reason)
    {
        session.Close(GateFault.OperatorClosed, RtmpStatus.PublishDenied, reason);
        return CommandResult.Applied;
    }

    private StreamSnapshot Snapshot(StreamSession session) => new()
    {
        Id = session.Identity.Id,
        App = session.Identity.App,
        SessionId = session.SessionId,
        StartedAt = session.StartedAt,
        State = session.End is not null ? StreamState.Ending : session.Turns.IsWaiting ? StreamState.Waiting : session.Packets == 0 ? StreamState.Starting : StreamState.Live,
        VideoCodec = Name(session.VideoCodec),
        AudioCodec = Name(session.AudioCodec),
        Width = session.Watch.FrameSize?.Width,
        Height = session.Watch.FrameSize?.Height,
        BitrateBps = session.BitsPerSecond,
        Verdict = session.Watch.Verdict,
        Splice = session.Watch.Splice,
        Upstream = session.Upstream?.State ?? UpstreamState.None,
        Route = session.Route,
        Upstreams = [.. session.Upstreams.Select(u => new UpstreamSnapshot(u.Name, u.State, u.QueuedBytes, u.Dropped, u.LastError))],
        LastInspected = session.Watch.LastLooked,
        MediaTime = session.Position,
        Clock = new ClockAnchor(time.GetUtcNow(), session.Position),
        IsInspectionBypassed = session.Watch.Pace.Paused,
        StampOverride = session.Watch.Override,
        Counters = new StreamCounters(session.Packets, session.Upstream?.Dropped ?? 0, session.StampedFrames, session.Watch.Looks, session.Bytes),
        Viewers = session.Hub.Players,
    };

    private static string Name(MediaCodec codec) => codec == MediaCodec.Unknown ? "" : codec.ToString();
}
