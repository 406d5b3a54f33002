using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Amf;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>
/// Answers a peer's commands (RTMP 1.0, 7.2, and those that encoders send besides), each with its own transaction id. One stream at a time
/// is published or played over a connection.
/// </summary>
internal sealed partial class ServerCommands(ServerSession session, RtmpServices services)
{
    private AmfObject? _connect;
    private uint _streams;
    private uint _stream;
    private bool _hasPublished;
    private PlayLoop? _play;
    private Task? _playing;
    private IPlayback? _playback;
    private CancellationTokenRegistration _ending;

    /// <summary>The stream being published; null when none is.</summary>
    public IPublication? Publication { get; private set; }

    /// <summary>True when the peer said that it understands a reconnect request.</summary>
    public bool CanReconnect => _connect is not null && RtmpCapabilities.Read(_connect).Features.HasFlag(CapsEx.Reconnect);

    private string App => _connect?.Text("app") ?? "";

    private string TcUrl => _connect?.Text("tcUrl") ?? "";

    private string Software => _connect?.Text("flashVer") ?? "";

    /// <summary>Handles one command.</summary>
    public ValueTask HandleAsync(RtmpCommand command, uint stream)
    {
        if (_connect is null && command.Name != "connect")
        {
            session.Stop(new SessionEnd(GateFault.PublisherProtocol, "a command before connect", Code: RtmpStatus.ConnectRejected));
            return ValueTask.CompletedTask;
        }

        switch (command.Name)
        {
            case "connect":
                return ConnectAsync(command);
            case "createStream":
                return ReplyAsync(command, (double)++_streams);
            case "publish":
                return PublishAsync(command, stream);
            case "play" or "play2":
                return PlayAsync(command, stream);
            case "FCPublish" or "FCUnpublish" or "FCSubscribe" or "FCUnsubscribe":
                return FlashCallAsync(command);
            case "deleteStream" or "closeStream":
                return DeleteAsync(command, stream);
            case "pause" or "pauseRaw" or "seek" or "receiveAudio" or "receiveVideo":
                return SteerAsync(command, stream);
            case "getStreamLength":
                return ReplyAsync(command, 0.0); // a live stream has none
            case "_result" or "_error" or "onStatus":
                return ValueTask.CompletedTask; // an answer needs no answer
            default:
                // releaseStream, _checkbw and whatever else a peer may wait for (anchors: Makito, Haivision); no id means no wish for an answer.
                return command.Transaction > 0 ? ReplyAsync(command, AmfUndefined.Value) : ValueTask.CompletedTask;
        }
    }

    /// <summary>Ends what is published or played; called once, when the session ends.</summary>
    public async ValueTask EndAsync(SessionEnd end)
    {
        await UnpublishAsync(end.Fault, end.Reason).ConfigureAwait(false);
        if (_playing is not null)
            await _playing.ConfigureAwait(false);
    }

    /// <summary>Tells the peer why it is closed.</summary>
    public void WriteGoodbye(RtmpOutput output, SessionEnd end)
    {
        if (_play is not null)
            output.WriteUserControl(UserControlEvent.StreamEof, _play.Stream);
        if (end.Fault == GateFault.GateShutdown && end.Code == RtmpStatus.ConnectClosed)
        {
            // The stream ends as streams end; what comes after is about the connection.
            if (_hasPublished)
                output.WriteStatus(_stream, "status", RtmpStatus.UnpublishSuccess, end.Reason);
            else if (_play is not null)
                output.WriteStatus(_stream, "status", RtmpStatus.PlayStop, end.Reason);
        }

        var level = end.Code is RtmpStatus.PlayUnpublishNotify or RtmpStatus.PlayStop ? "status" : "error";
        output.WriteStatus(_stream, level, end.Code!, end.Description ?? end.Reason);
    }

    private ValueTask ConnectAsync(RtmpCommand command)
    {
        _connect = command.Object;
        var capabilities = services.Application.CapabilitiesFor(App);
        var properties = new AmfObject { { "fmsVer", "FMS/3,0,1,123" }, { "capabilities", 31.0 }, { "mode", 1.0 } };
        var information = new AmfObject
        {
            { "level", "status" },
            { "code", RtmpStatus.ConnectSuccess },
            { "description", "Connection succeeded." },
            { "objectEncoding", _connect.Number("objectEncoding") ?? 0 },
        };

        // E-RTMP v2 says "within an Object as one of the parameters": peers look in either, so both say it.
        capabilities.Answer(properties, _connect);
        capabilities.Answer(information, _connect);
        return session.SendAsync((command, properties, information, services.Limits), static (output, state) =>
        {
            output.WriteWindow(state.Limits.WindowAckBytes);
            output.WritePeerBandwidth(state.Limits.WindowAckBytes);
            output.WriteChunkSize(state.Limits.OutboundChunkSize);
            output.WriteCommand(0, "_result", state.command.Transaction, state.properties, state.information);
        });
    }

    private async ValueTask PublishAsync(RtmpCommand command, uint stream)
    {
        _stream = Math.Max(stream, 1);
        if (Publication is not null || _playing is not null)
        {
            Refuse(RtmpStatus.PublishBadName, "one stream at a time is published over a connection");
            return;
        }

        if (!services.PublishRate.TryTake())
        {
            RtmpTelemetry.Breach(nameof(IngestLimits.MaxPublishesPerSecond));
            Refuse(RtmpStatus.PublishDenied, "too many publishers at once, please come back in a second");
            return;
        }

        var type = command.TextAt(1) is { Length: > 0 } named ? named : "live";
        var request = new PublishRequest(session.Id, session.Remote, App, TcUrl, new StreamKey(command.TextAt(0)), Software, type, _connect!);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the application may think for long: not on an event loop
        switch (await services.Application.PublishAsync(request, session.Gone).ConfigureAwait(false))
        {
            case PublishAnswer.Refused refused:
                Refuse(refused.Code, refused.Description);
                break;
            case PublishAnswer.Accepted accepted:
                Publication = accepted.Publication;
                _hasPublished = true;
                session.Watch.Stage = SessionStage.Publishing;
                session.AcceptMedia(true);
                _ending = accepted.Publication.Ending.UnsafeRegister(static commands => ((ServerCommands)commands!).EndByApplication(), this);
                Log.Publishing(services.Logger, session.Id, request.Address.App, Software);
                await session.SendAsync(_stream, static (output, id) =>
                {
                    output.WriteUserControl(UserControlEvent.StreamBegin, id);
                    output.WriteStatus(id, "status", RtmpStatus.PublishStart, "Publishing has started.");
                }).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask PlayAsync(RtmpCommand command, uint stream)
    {
        _stream = Math.Max(stream, 1);
        if (Publication is not null || _playing is not null)
        {
            Refuse(RtmpStatus.PlayFailed, "one stream at a time is played over a connection");
            return;
        }

        var request = new PlayRequest(session.Id, session.Remote, App, TcUrl, new StreamKey(command.TextAt(0)), Software, _connect!);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        switch (await services.Application.PlayAsync(request, session.Gone).ConfigureAwait(false))
        {
            case PlayAnswer.Refused refused:
                Refuse(refused.Code, refused.Description);
                break;
            case PlayAnswer.Accepted accepted:
                _playback = accepted.Playback;
                _play = new PlayLoop(accepted.Playback, session.Output, _stream, services.Limits);
                session.Watch.Stage = SessionStage.Playing;
                _playing = RunPlayAsync(_play);
                Log.Playing(services.Logger, session.Id, request.Address.App, Software);
                break;
        }
    }

    private async Task RunPlayAsync(PlayLoop play)
    {
        try
        {
            await session.SendAsync(play.Stream, static (output, id) =>
            {
                output.WriteUserControl(UserControlEvent.StreamBegin, id);
                output.WriteStatus(id, "status", RtmpStatus.PlayReset, "Playing and resetting.");
                output.WriteStatus(id, "status", RtmpStatus.PlayStart, "Started playing.");
            }).ConfigureAwait(false);
            var isOver = await play.RunAsync(session.Stopping).ConfigureAwait(false);
            session.Stop(isOver
                ? new SessionEnd(GateFault.None, "the stream is over", Code: RtmpStatus.PlayUnpublishNotify)
                : new SessionEnd(GateFault.PublisherDisconnected, "the player no longer reads"));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            session.Stop(new SessionEnd(GateFault.PublisherDisconnected, "the player left"));
        }
#pragma warning disable CA1031 // a playback that throws is the program's error: logged, and the end of this player only
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.PlaybackFailed(services.Logger, session.Id, exception);
            session.Stop(new SessionEnd(GateFault.GateShutdown, "an error of the gate", Code: RtmpStatus.PlayFailed, Description: "internal error"));
        }
        finally
        {
            await _playback!.DisposeAsync().ConfigureAwait(false);
        }
    }

    // onFCPublish and its like carry the transaction id (Livestream Studio checks it); the result follows for those that wait for that.
    // It makes no promise: NetStream.Publish.Start is for the publish command, after the application's answer.
    private async ValueTask FlashCallAsync(RtmpCommand command)
    {
        await session.SendAsync(command, static (output, call) =>
        {
            output.WriteCommand(0, "on" + call.Name, call.Transaction, AmfNull.Value);
            output.WriteCommand(0, "_result", call.Transaction, AmfNull.Value, AmfUndefined.Value);
        }).ConfigureAwait(false);
        if (command.Name == "FCUnpublish")
            await LeaveAsync().ConfigureAwait(false);
    }

    private async ValueTask DeleteAsync(RtmpCommand command, uint stream)
    {
        if (command.Transaction > 0)
            await ReplyAsync(command, AmfUndefined.Value).ConfigureAwait(false);
        var named = command.Name == "deleteStream" ? command.NumberAt(0) ?? _stream : stream;
        if (named == _stream || _streams <= 1)
            await LeaveAsync().ConfigureAwait(false);
    }

    private async ValueTask LeaveAsync()
    {
        if (_playing is not null)
        {
            session.Stop(new SessionEnd(GateFault.None, "the player left"));
        }
        else if (Publication is not null)
        {
            _hasPublished = false;
            session.AcceptMedia(false);
            session.Watch.Stage = SessionStage.Command;
            await UnpublishAsync(GateFault.PublisherEnded, "the publisher ended the stream").ConfigureAwait(false);
            await session.SendAsync(_stream, static (output, id) =>
                output.WriteStatus(id, "status", RtmpStatus.UnpublishSuccess, "Stream is now unpublished.")).ConfigureAwait(false);
        }
    }

    private ValueTask SteerAsync(RtmpCommand command, uint stream)
    {
        var code = "";
        switch (command.Name)
        {
            case "receiveAudio":
                if (_play is not null)
                    _play.SkipsAudio = command.TruthAt(0) == false;
                break;
            case "receiveVideo":
                if (_play is not null)
                    _play.SkipsVideo = command.TruthAt(0) == false;
                break;
            case "seek":
                code = RtmpStatus.SeekNotify;
                break;
            default:
                var isPause = command.TruthAt(0) ?? true;
                if (_play is not null)
                    _play.IsPaused = isPause;
                code = isPause ? RtmpStatus.PauseNotify : RtmpStatus.UnpauseNotify;
                break;
        }

        return session.SendAsync((command, stream, code), static (output, state) =>
        {
            if (state.command.Transaction > 0)
                output.WriteCommand(0, "_result", state.command.Transaction, AmfNull.Value, AmfUndefined.Value);
            if (state.code.Length > 0)
                output.WriteStatus(state.stream, "status", state.code, "A live stream goes on meanwhile.");
        });
    }

    private ValueTask ReplyAsync(RtmpCommand command, AmfValue value) => session.SendAsync((command, value), static (output, state) =>
        output.WriteCommand(0, "_result", state.command.Transaction, AmfNull.Value, state.value));

    private void Refuse(string code, string description)
    {
        RtmpTelemetry.Refused(code);
        Log.Refused(services.Logger, session.Id, code, description);
        session.Stop(new SessionEnd(GateFault.PublisherRefused, description, Code: code));
    }

    private void EndByApplication()
    {
        var end = Publication?.End ?? new PublicationEnd(GateFault.OperatorClosed, RtmpStatus.PublishFailed, "the stream was ended");
        session.Stop(new SessionEnd(end.Fault, end.Description, Code: end.Code));
    }

    private async ValueTask UnpublishAsync(GateFault fault, string reason)
    {
        if (Publication is not { } publication)
            return;
        Publication = null;
        await _ending.DisposeAsync().ConfigureAwait(false);
        await publication.CompleteAsync(fault, reason).ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(1010, LogLevel.Information, "RTMP connection {Connection} publishes to app {App} with {Encoder}")]
        public static partial void Publishing(ILogger logger, string connection, string app, string encoder);

        [LoggerMessage(1011, LogLevel.Information, "RTMP connection {Connection} plays from app {App} with {Player}")]
        public static partial void Playing(ILogger logger, string connection, string app, string player);

        [LoggerMessage(1012, LogLevel.Information, "RTMP connection {Connection} refused: {Code}, {Description}")]
        public static partial void Refused(ILogger logger, string connection, string code, string description);

        [LoggerMessage(1013, LogLevel.Error, "RTMP connection {Connection}: the playback failed")]
        public static partial void PlaybackFailed(ILogger logger, string connection, Exception exception);
    }
}
