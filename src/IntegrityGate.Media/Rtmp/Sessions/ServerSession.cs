using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp.Chunks;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>
/// One connection to the server, from its first byte to its last: handshake, then one loop that reads messages and hands them on.
/// Whoever wants it to end calls <see cref="Stop"/>; the first reason holds.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The end of RunAsync disposes of what needs it.")]
internal sealed partial class ServerSession
{
    private readonly ConnectionContext _connection;
    private readonly RtmpServices _services;
    private readonly ChunkReader _reader;
    private readonly PeerControl _control;
    private readonly ServerCommands _commands;
    private readonly CancellationTokenSource _stopping = new();
    private SessionEnd? _end;
    private bool _isGreeted;
    private bool _isLingerOver;
    private long _reportedReceived;
    private long _reportedSent;
    private long _finished;

    public ServerSession(ConnectionContext connection, RtmpServices services)
    {
        _connection = connection;
        _services = services;
        Watch = new SessionWatch(services.Limits, services.Time);
        Output = new RtmpOutput(connection.Transport.Output, services.Time);
        _reader = new ChunkReader(services.Pool, services.Limits, services.Time);
        _control = new PeerControl(services.Limits.WindowAckBytes);
        _commands = new ServerCommands(this, services);
    }

    /// <summary>The server's id of the connection.</summary>
    public string Id => _connection.ConnectionId;

    /// <summary>The peer's address.</summary>
    public EndPoint? Remote => _connection.RemoteEndPoint;

    /// <summary>Its deadlines.</summary>
    public SessionWatch Watch { get; }

    /// <summary>Its writing half.</summary>
    public RtmpOutput Output { get; }

    /// <summary>Fires when the session ends.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>
    /// Fires when the session ends or the peer has closed: nobody waits for an answer any more. Kestrel says so while the peer's last bytes
    /// are still to be read, so that it is no reason to stop.
    /// </summary>
    public CancellationToken Gone { get; private set; }

    /// <summary>Why it ends; null while it goes on.</summary>
    public SessionEnd? End => Volatile.Read(ref _end);

    /// <summary>Lets media through, or passes it over unread.</summary>
    public void AcceptMedia(bool accept)
    {
        _reader.AcceptMedia = accept;
        if (accept)
            _reader.ResetClock();
    }

    /// <summary>Runs the connection to its end; throws nothing.</summary>
    public async Task RunAsync()
    {
        var drain = _connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stopping, _connection.ConnectionClosed);
        Gone = gone.Token;
        using var draining = drain.UnsafeRegister(static session => ((ServerSession)session!).Drain(), this);
        try
        {
            if (await HandshakeAsync().ConfigureAwait(false))
                await ServeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            Stop(new SessionEnd(GateFault.PublisherDisconnected, "the connection was lost"));
        }
#pragma warning disable CA1031 // the edge of the connection: whatever went wrong is ours, is logged, and ends this session only
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Failed(_services.Logger, Id, exception);
            Stop(new SessionEnd(GateFault.GateShutdown, "an error of the gate", Code: RtmpStatus.PublishFailed, Description: "internal error"));
        }

        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the application's end may take long: not on an event loop
        await FinishAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the session; only the first call counts. Callable from any thread.</summary>
    public void Stop(SessionEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
            return;
        if (end.Limit is { } limit)
            RtmpTelemetry.Breach(limit);
        if (end.TurnedAway is { } mistake)
            RtmpTelemetry.TurnedAway(mistake);
        if (end.IsAbrupt)
            _connection.Abort(new ConnectionAbortedException(end.Reason));
        _ = _stopping.CancelAsync();
        _connection.Transport.Input.CancelPendingRead();
    }

    /// <summary>Looks at the deadlines; called by the server about once a second.</summary>
    public void Tick()
    {
        var (received, sent) = (_control.Received, Output.Written);
        RtmpTelemetry.Moved(received - _reportedReceived, sent - _reportedSent);
        (_reportedReceived, _reportedSent) = (received, sent);
        if (Volatile.Read(ref _finished) is var finished and not 0)
        {
            if (_services.Time.GetElapsedTime(finished) >= _services.Limits.SendTimeout)
                _connection.Abort(new ConnectionAbortedException("the peer does not take the last bytes"));
            return;
        }

        var verdict = Watch.Check(received, Output.FlushStarted);
        if (verdict == WatchVerdict.SendPing)
            _ = PingAsync();
        else if (verdict == WatchVerdict.LingerOver)
            EndLinger();
        else if (SessionVerdicts.ToEnd(verdict, _services.Limits) is { } end)
            Stop(end);
    }

    /// <summary>Writes in the session's turn and flushes.</summary>
    public async ValueTask SendAsync<T>(T state, Action<RtmpOutput, T> write)
    {
        await Output.EnterAsync(Stopping).ConfigureAwait(false);
        try
        {
            write(Output, state);
            if (!await Output.FlushAsync(Stopping).ConfigureAwait(false))
                Stop(new SessionEnd(GateFault.PublisherDisconnected, "the peer no longer reads"));
        }
        finally
        {
            Output.Leave();
        }
    }

    private async Task<bool> HandshakeAsync()
    {
        var end = await HandshakeExchange.ServeAsync(_connection.Transport.Input, Output, Stopping).ConfigureAwait(false);
        if (end is not null)
            Stop(end);
        _isGreeted = end is null;
        return _isGreeted;
    }

    private async Task ServeAsync()
    {
        Watch.Stage = SessionStage.Command;
        var input = _connection.Transport.Input;
        while (End is null)
        {
            Watch.Wait();
            var result = await input.ReadAsync().ConfigureAwait(false);
            Watch.Work(heard: !result.Buffer.IsEmpty);
            var buffer = result.Buffer;
            var length = buffer.Length;
            var status = ChunkReadStatus.NeedMore;
            try
            {
                while (End is null && (status = _reader.Read(ref buffer, out var message)) == ChunkReadStatus.Ok)
                {
                    if (message is { IsMedia: true, Body: { } body } && _commands.Publication is { } publication)
                    {
                        if (body.Kind == MediaKind.Data)
                            body = DataMessage.Normalise(_services.Pool, message.Type, body);
                        await publication.WriteAsync(body, Stopping).ConfigureAwait(false);
                    }
                    else
                    {
                        await HandleAsync(message).ConfigureAwait(false);
                    }
                }
            }
            finally
            {
                _control.Count(length - buffer.Length);
                input.AdvanceTo(buffer.Start, buffer.End);
            }

            if (status == ChunkReadStatus.Malformed)
                Stop(SessionVerdicts.ToEnd(_reader, Watch.Stage));
            else if (_control.Owes && End is null)
                await SendAsync(_control, static (output, control) => control.WriteOwed(output)).ConfigureAwait(false);
            if (result.IsCompleted)
                Stop(new SessionEnd(GateFault.PublisherDisconnected, "the peer closed the connection"));
        }
    }

    private async ValueTask HandleAsync(RtmpMessage message)
    {
        if (message.Body is not { } body)
        {
            if (!message.IsMedia)
                RtmpTelemetry.Ignored(string.Create(CultureInfo.InvariantCulture, $"type-{(byte)message.Type}"));
            return;
        }

        try
        {
            if (message.IsMedia)
                return; // came between two streams
            if (message.Type is not (MessageType.CommandAmf0 or MessageType.CommandAmf3))
                _control.Take(message.Type, body.Payload.Span);
            else if (RtmpCommand.TryRead(body.Payload.Span, _services.Limits.Amf, out var command, out var breached))
                await _commands.HandleAsync(command!, message.StreamId).ConfigureAwait(false);
            else if (breached is not null)
                Stop(new SessionEnd(GateFault.PublisherLimit, "a command over an AMF limit", "Amf" + breached));
            else
                RtmpTelemetry.Ignored("nameless-command");
        }
        finally
        {
            body.Release();
        }
    }

    private async Task PingAsync()
    {
        if (!Output.TryEnter())
            return; // something is being written: that is as good as a ping
        try
        {
            Output.WriteUserControl(UserControlEvent.PingRequest, (uint)Environment.TickCount64);
            await Output.FlushAsync(Stopping).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The session is ending; its own loop says why.
        }
        finally
        {
            Output.Leave();
        }
    }

    private void Drain()
    {
        Watch.Drain();
        if (Watch.Stage is SessionStage.Handshake or SessionStage.Command || _services.Limits.DrainGrace == TimeSpan.Zero)
            Stop(SessionVerdicts.ToEnd(WatchVerdict.DrainOver, _services.Limits)!);
        else if (_commands.CanReconnect)
            _ = AskToReconnectAsync();
    }

    private async Task AskToReconnectAsync()
    {
        try
        {
            await SendAsync(_services.ReconnectUrl, static (output, url) => output.WriteReconnectRequest(url)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // Gone already, which is what was asked for.
        }
    }

    private async Task FinishAsync()
    {
        var end = End!;
        try
        {
            await _commands.EndAsync(end).ConfigureAwait(false);
            Watch.Stage = SessionStage.Closing;
            if (end.Code is not null && _isGreeted && !end.IsAbrupt)
                await SayGoodbyeAsync(end).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The peer did not wait for the goodbye.
        }
#pragma warning disable CA1031 // the edge of the connection: an application that throws here must not take the server's accept loop with it
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Failed(_services.Logger, Id, exception);
        }

        _reader.Dispose();
        RtmpTelemetry.Ignored("abandoned", _reader.Abandoned);
        RtmpTelemetry.Ignored("missing-extended-time", _reader.MissingExtendedTimes);
        if (!end.IsProbe)
            Log.Closed(_services.Logger, end is { Limit: null, TurnedAway: null } ? LogLevel.Debug : LogLevel.Information, Id, Remote, end.Fault, end.Reason, end.Limit);
        await _connection.Transport.Input.CompleteAsync().ConfigureAwait(false);
        await _connection.Transport.Output.CompleteAsync().ConfigureAwait(false);
        RtmpTelemetry.Closed(end.Fault);
        Volatile.Write(ref _finished, _services.Time.GetTimestamp());
    }

    // The peer is told why, and gets a moment to close first: a close with its bytes unread would reset the connection and lose the reason.
    private async ValueTask SayGoodbyeAsync(SessionEnd end)
    {
        await Output.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            _commands.WriteGoodbye(Output, end);
            if (!await Output.FlushAsync(CancellationToken.None).ConfigureAwait(false))
                return;
        }
        finally
        {
            Output.Leave();
        }

        var input = _connection.Transport.Input;
        while (!Volatile.Read(ref _isLingerOver) && _services.Limits.CloseLinger > TimeSpan.Zero)
        {
            var result = await input.ReadAsync().ConfigureAwait(false);
            input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                break;
        }
    }

    private void EndLinger()
    {
        Volatile.Write(ref _isLingerOver, true);
        _connection.Transport.Input.CancelPendingRead();
        _connection.Transport.Output.CancelPendingFlush();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1001, Message = "RTMP connection {Connection} from {Remote} ended: {Fault}, {Reason} (limit: {Limit})")]
        public static partial void Closed(
            ILogger logger, LogLevel level, string connection, EndPoint? remote, GateFault fault, string reason, string? limit);

        [LoggerMessage(1002, LogLevel.Error, "RTMP connection {Connection} failed")]
        public static partial void Failed(ILogger logger, string connection, Exception exception);
    }
}
