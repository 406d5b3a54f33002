using IntegrityGate.Access;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Streams;
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
    public RtmpCapabilities CapabilitiesFor(string app) => sessions.Capabilities;

    /// <inheritdoc/>
    public async ValueTask<PublishAnswer> PublishAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(request, cancellationToken) is { IsAllowed: false } answer)
        {
            GateMetrics.Publishes.Add(1, new KeyValuePair<string, object?>("outcome", nameof(GateFault.PublisherRefused)));
            return new PublishAnswer.Refused(RtmpStatus.PublishDenied, answer.Reason);
        }

        var identity = identities.Identify(request.Address.App, request.Key);
        var session = sessions.Create(identity);
        if (!await TakeNameAsync(session, cancellationToken))
            return await RefuseAsync(session, RtmpStatus.PublishBadName, "This stream name is being published already.");

        if (sessions.UpstreamFor(request) is { } connect)
        {
            try
            {
                await session.ConnectAsync(connect, cancellationToken);
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

        Claim? declared = PublishQuery.Read(request.Key.Query);
        session.Begin([.. await sessions.StoredClaimsAsync(identity.Id, session.SessionId, cancellationToken), .. declared is null ? Array.Empty<Claim>() : [declared]]);
        Log.Started(logger, identity.Id.Value, identity.App, request.ConnectionId, request.Encoder);
        return new PublishAnswer.Accepted(session);
    }

    /// <inheritdoc/>
    public ValueTask<PlayAnswer> PlayAsync(PlayRequest request, CancellationToken cancellationToken)
    {
        PlayAnswer answer = registry.FindForPlay(request.Address.App, request.Name.Name) is { } session && session.Hub.Join() is { } queue
            ? new PlayAnswer.Accepted(new HubPlayback(session.Hub, queue))
            : new PlayAnswer.Refused(RtmpStatus.PlayStreamNotFound, "No such stream is being published.");
        return ValueTask.FromResult(answer);
    }

    private async ValueTask<bool> TakeNameAsync(StreamSession session, CancellationToken cancellationToken)
    {
        if (registry.TryAdd(session))
            return true;
        if (sessions.Options.Policy.DuplicatePublisher == DuplicatePublisher.Refuse)
            return false;
        if (registry.Find(session.Identity.Id) is { } holder)
        {
            holder.Close(GateFault.PublisherRefused, RtmpStatus.PublishBadName, "Another publisher took this stream over.");
            await holder.Completion.WaitAsync(cancellationToken);
        }

        return registry.TryAdd(session);
    }

    private async ValueTask<PublishAnswer> RefuseAsync(StreamSession session, string code, string description, string? detail = null)
    {
        Log.Refused(logger, session.Identity.Id.Value, detail ?? description);
        await session.CompleteAsync(GateFault.PublisherRefused, description);
        return new PublishAnswer.Refused(code, description);
    }

    private static partial class Log
    {
        [LoggerMessage(6000, LogLevel.Information, "Stream {Stream} of app {App} started (connection {Connection}, encoder {Encoder}).")]
        public static partial void Started(ILogger logger, string stream, string app, string connection, string encoder);

        [LoggerMessage(6001, LogLevel.Information, "Stream {Stream} was refused: {Reason}")]
        public static partial void Refused(ILogger logger, string stream, string reason);
    }
}
