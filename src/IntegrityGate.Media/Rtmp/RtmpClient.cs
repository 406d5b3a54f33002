using System.Runtime.CompilerServices;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp.Sessions;
using IntegrityGate.Media.Transport;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Rtmp;

/// <summary>A publisher towards an upstream server. One caller sends; the server's side (pings, windows, status) is served by a loop of its own.</summary>
public sealed partial class RtmpClient : IAsyncDisposable
{
    private const double LiveOnly = -1000; // play's start, -1 for live streams only (RTMP 7.2.2.1), in the milliseconds that clients write it in

    private readonly RtmpTarget _target;
    private readonly RtmpClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ClientLink _link;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<RtmpClosing> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _unpublished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _listening = Task.CompletedTask;
    private volatile ReconnectAdvice? _moveAsked;
    private int _isDisposed;

    private RtmpClient(RtmpTarget target, RtmpClientOptions options, TimeProvider time, ILogger logger, ClientLink link)
    {
        _target = target;
        _options = options;
        _time = time;
        _logger = logger;
        _link = link;
    }

    /// <summary>Ends when the connection does, whoever ended it, and says why; it never faults.</summary>
    public Task<RtmpClosing> Completion => _completion.Task;

    /// <summary>What the server said of enhanced RTMP; <see cref="RtmpCapabilities.None"/> for a legacy one.</summary>
    public RtmpCapabilities ServerCapabilities => _link.ServerCapabilities;

    /// <summary>Where the server wants us to connect anew (E-RTMP v2, "Reconnect Request"); null while it has not asked.</summary>
    public ReconnectAdvice? MoveAsked => _moveAsked;

    /// <summary>Bytes written so far, headers included.</summary>
    public long BytesWritten => _link.Output.Written;

    /// <summary>Connects and publishes; returns once the server said <c>NetStream.Publish.Start</c>.</summary>
    /// <exception cref="RtmpRefusedException">The server said no.</exception>
    /// <exception cref="RtmpFailedException">The network or the server failed; the message names the server and the stage.</exception>
    /// <exception cref="RtmpTimeoutException">A stage took too long; the message names it.</exception>
    public static async Task<RtmpClient> PublishAsync(
        RtmpTarget target, RtmpClientOptions options, PacketPool pool, TimeProvider time, ILogger logger, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        var link = await ClientLink.OpenAsync(target, options, pool, time, isPublisher: true, ct).ConfigureAwait(false);
        try
        {
            await link.BeginAsync(RtmpStage.Publish, "publish", options.PublishType, RtmpStatus.PublishStart, ct).ConfigureAwait(false);
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            await LeaveLoopAsync();
            throw;
        }

        await LeaveLoopAsync();
        var client = new RtmpClient(target, options, time, logger, link);
        client._listening = client.ListenAsync();
        return client;
    }

    /// <summary>
    /// Connects and plays; returns once the server said <c>NetStream.Play.Start</c>. Exceptions as for <see cref="PublishAsync"/>.
    /// </summary>
    public static async Task<RtmpPlayer> PlayAsync(
        RtmpTarget target, RtmpClientOptions options, PacketPool pool, TimeProvider time, ILogger logger, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        var link = await ClientLink.OpenAsync(target, options, pool, time, isPublisher: false, ct).ConfigureAwait(false);
        try
        {
            await link.BeginAsync(RtmpStage.Play, "play", LiveOnly, RtmpStatus.PlayStart, ct).ConfigureAwait(false);
            link.AcceptMedia = true;
            await LeaveLoopAsync();
            return new RtmpPlayer(link, pool);
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            await LeaveLoopAsync();
            throw;
        }
    }

    /// <summary>
    /// Writes a packet, which is borrowed. It reaches the socket with <see cref="FlushAsync"/>, or before when much is waiting; then this waits
    /// while the server is behind.
    /// </summary>
    /// <exception cref="IOException">The connection is gone; <see cref="Completion"/> says why.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(MediaPacket packet, CancellationToken ct)
    {
        var output = _link.Output;
        if (!output.TryEnter())
            await output.EnterAsync(ct).ConfigureAwait(false);
        try
        {
            ThrowIfOver();
            output.WriteMedia(_link.Stream, packet, asPublisher: true);
            if (output.Unflushed >= _options.Limits.SendPauseBytes && !await output.FlushAsync(ct).ConfigureAwait(false))
                throw Lost();
        }
        finally
        {
            output.Leave();
        }
    }

    /// <summary>Hands what was written to the socket and waits while the server is behind.</summary>
    /// <exception cref="IOException">The connection is gone; <see cref="Completion"/> says why.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FlushAsync(CancellationToken ct)
    {
        var output = _link.Output;
        if (!output.TryEnter())
            await output.EnterAsync(ct).ConfigureAwait(false);
        try
        {
            ThrowIfOver();
            if (output.Unflushed > 0 && !await output.FlushAsync(ct).ConfigureAwait(false))
                throw Lost();
        }
        finally
        {
            output.Leave();
        }
    }

    /// <summary>Says goodbye (FCUnpublish, deleteStream), waits a moment for the server to agree, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        var isOurs = _completion.TrySetResult(new RtmpClosing(null, $"upstream {_target}: closed by us", IsOurs: true));
        if (isOurs)
            await SayGoodbyeAsync().ConfigureAwait(false);
        await _closing.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
        await LeaveLoopAsync();
    }

    // Answers come in on an event loop; what the caller does with them is his affair and may take long.
    private static ConfiguredTaskAwaitable LeaveLoopAsync() => Task.CompletedTask.ConfigureAwait(
        EventLoop.Current is null ? ConfigureAwaitOptions.None : ConfigureAwaitOptions.ForceYielding);

    private async Task SayGoodbyeAsync()
    {
        using var limit = new CancellationTokenSource(_options.CloseTimeout, _time);
        try
        {
            await _link.SendCommandAsync(0, "FCUnpublish", limit.Token, AmfNull.Value, _options.Key.Secret).ConfigureAwait(false);
            await _link.SendCommandAsync(0, "deleteStream", limit.Token, AmfNull.Value, (double)_link.Stream).ConfigureAwait(false);
            await _unpublished.Task.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // A server that does not answer a goodbye is left without one.
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (await _link.ReadAsync(_closing.Token).ConfigureAwait(false) is { } message)
            {
                var command = _link.ReadCommand(message);
                message.Body?.Release();
                if (command is { Name: "onStatus" })
                    TakeStatus(command.Information);
            }

            _completion.TrySetResult(new RtmpClosing(null, $"upstream {_target}: {RtmpStage.Streaming}: the server closed the connection"));
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Closed by us.
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            _completion.TrySetResult(
                new RtmpClosing(null, $"upstream {_target}: {RtmpStage.Streaming}: the connection was lost: {exception.Message}", exception));
        }

        _unpublished.TrySetResult();
    }

    private void TakeStatus(AmfObject information)
    {
        var code = information.Text("code") ?? "";
        var description = information.Text("description") ?? "";
        Log.Status(_logger, _target, code, description);
        if (code == RtmpStatus.ReconnectRequest)
            _moveAsked = new ReconnectAdvice(information.Text("tcUrl") ?? "");
        else if (code == RtmpStatus.UnpublishSuccess)
            _unpublished.TrySetResult();
        if (information.Text("level") == "error" || code == RtmpStatus.UnpublishSuccess)
            _completion.TrySetResult(new RtmpClosing(code, $"upstream {_target}: {RtmpStage.Streaming}: {code} {description}".TrimEnd()));
    }

    private void ThrowIfOver()
    {
        if (_completion.Task.IsCompleted)
            throw Lost();
    }

    private IOException Lost() => _completion.Task.IsCompletedSuccessfully
        ? new IOException(_completion.Task.Result.Reason, _completion.Task.Result.Error)
        : new IOException($"upstream {_target}: {RtmpStage.Streaming}: the server no longer reads");

    private static partial class Log
    {
        [LoggerMessage(1100, LogLevel.Debug, "Upstream {Target} says {Code}: {Description}")]
        public static partial void Status(ILogger logger, RtmpTarget target, string code, string description);
    }
}
