using System.Diagnostics;
using IntegrityGate.Access;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Egress;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Streams;

/// <summary>
/// Answers publishers and players. A publisher hears Publish.Start only after its upstream has accepted; a refusal there is
/// a refusal here. Before anything else the guards must allow the publisher.
/// </summary>
internal sealed partial class GateApplication(
    StreamRegistry registry,
    StreamIdentities identities,
    SessionFactory sessions,
    PublishAccess access,
    ILogger<GateApplication> logger) : IRtmpApplication
{
    /// <inheritdoc/>
    public RtmpCapabilities CapabilitiesFor(string app) => sessions.CapabilitiesFor(app);

    /// <inheritdoc/>
    public async ValueTask<PublishAnswer> PublishAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        // The root of a publish's trace ends with the answer, so that it is seen while the stream still runs.
        using var span = GateTelemetry.Activities.StartActivity("publish.accept", ActivityKind.Server);
        span?.SetTag("connection.id", request.ConnectionId);
        var answer = await AnswerAsync(request, cancellationToken);
        span?.SetTag("outcome", (answer as PublishAnswer.Refused)?.Code ?? "accepted");
        return answer;
    }

    /// <inheritdoc/>
    public ValueTask<PlayAnswer> PlayAsync(PlayRequest request, CancellationToken cancellationToken)
    {
        PlayAnswer answer = registry.FindForPlay(request.Address.App, request.Name.Name) is { } session && session.Hub.Join() is { } queue
            ? new PlayAnswer.Accepted(new HubPlayback(session.Hub, queue))
            : new PlayAnswer.Refused(RtmpStatus.PlayStreamNotFound, "No such stream is being published.");
        return ValueTask.FromResult(answer);
    }

    private async ValueTask<PublishAnswer> AnswerAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(request, cancellationToken) is { IsAllowed: false } answer)
        {
            GateMetrics.Publishes.Add(1, new KeyValuePair<string, object?>("outcome", nameof(GateFault.PublisherRefused)));
            return new PublishAnswer.Refused(RtmpStatus.PublishDenied, answer.Reason);
        }

        // An address in one piece, "app?k=v/stream", leaves the key empty.
        var identity = identities.Identify(request.Address.App, request.Key.Name.Length > 0 ? request.Key : new StreamKey(request.Address.Stream));
        Activity.Current?.SetTag("stream.id", identity.Id.Value);
        var publish = sessions.Route(request);
        if (!sessions.TryResolve(publish, out var upstreams, out var capture))
            return Refuse(identity, RtmpStatus.PublishBadName, $"The stream's {{{capture}}} cannot stand in an upstream's address.");
        var (session, resumed) = await TakeNameAsync(identity, publish, cancellationToken);
        if (session is null)
            return Refuse(identity, RtmpStatus.PublishBadName, "This stream name is being published already.");
        if (resumed is not null)
        {
            session.Begin(DeclaredIn(request));
            session.Renew(upstreams);
            return new PublishAnswer.Accepted(resumed);
        }

        return await BeginAsync(session, publish, upstreams, cancellationToken);
    }

    private async ValueTask<PublishAnswer> BeginAsync(StreamSession session, RoutedPublish publish, IReadOnlyList<UpstreamCall> upstreams, CancellationToken cancellationToken)
    {
        var (identity, request) = (session.Identity, publish.Request);
        if (upstreams.Count > 0)
        {
            try
            {
                await session.ConnectAsync(upstreams, cancellationToken);
            }
            catch (RtmpRefusedException exception)
            {
                return await RefuseAsync(session, RtmpStatus.PublishBadName, $"The upstream refused: {exception.Description}");
            }
            catch (Exception exception) when (exception is IOException or TimeoutException)
            {
                return await RefuseAsync(session, RtmpStatus.PublishFailed, "The upstream cannot be reached.", exception.Message);
            }
        }

        session.Know(await sessions.DismissalsAsync(identity.Id, cancellationToken));
        session.Begin([.. await sessions.StoredClaimsAsync(identity.Id, session.SessionId, cancellationToken), .. DeclaredIn(request)]);
        Log.Started(logger, identity.Id.Value, identity.App, publish.Route.Name, request.ConnectionId, request.Encoder);
        return new PublishAnswer.Accepted(session.Turns.First);
    }

    private static IEnumerable<Claim> DeclaredIn(PublishRequest request) => PublishQuery.Read(request.Key.Query) is { } claim ? [claim] : [];

    /// <summary>A new session under a free name, or the next turn of one that waits; no session when the name is taken.</summary>
    private async ValueTask<(StreamSession? Session, PublisherTurn? Resumed)> TakeNameAsync(StreamIdentity identity, RoutedPublish publish, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (registry.Find(identity.Id) is not { } holder)
            {
                var session = sessions.Create(identity, publish);
                if (registry.TryAdd(session))
                    return (session, null);
                await session.DisposeAsync(); // somebody was quicker
                continue;
            }

            if (holder.Turns.TryResume() is { } turn)
                return (holder, turn);
            if (holder.End is null && publish.Options.Policy.DuplicatePublisher == DuplicatePublisher.Refuse)
                return (null, null);
            await holder.Turns.YieldAsync(cancellationToken);
            if (!holder.Turns.IsWaiting)
                await holder.Completion.WaitAsync(cancellationToken);
        }
    }

    private PublishAnswer.Refused Refuse(StreamIdentity identity, string code, string description)
    {
        Log.Refused(logger, identity.Id.Value, description);
        return new PublishAnswer.Refused(code, description);
    }

    private async ValueTask<PublishAnswer> RefuseAsync(StreamSession session, string code, string description, string? detail = null)
    {
        Log.Refused(logger, session.Identity.Id.Value, detail ?? description);
        await session.Turns.First.CompleteAsync(GateFault.PublisherRefused, description);
        return new PublishAnswer.Refused(code, description);
    }

    private static partial class Log
    {
        [LoggerMessage(6000, LogLevel.Information, "Stream {Stream} of app {App} started on route {Route} (connection {Connection}, encoder {Encoder}).")]
        public static partial void Started(ILogger logger, string stream, string app, string route, string connection, string encoder);

        [LoggerMessage(6001, LogLevel.Information, "Stream {Stream} was refused: {Reason}")]
        public static partial void Refused(ILogger logger, string stream, string reason);
    }
}
