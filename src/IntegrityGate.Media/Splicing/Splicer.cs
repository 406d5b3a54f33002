using System.Threading.Channels;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Splicing;

/// <summary>
/// One stream's switch between the publisher's bytes and re-encoded pictures with a label. Packets go in, packets come out in their
/// final order: untouched and at once while no label is wanted, re-encoded from IDR to IDR while one is. One loop reads one bounded
/// channel; nothing else touches the stream's state.
/// </summary>
public sealed partial class Splicer : IAsyncDisposable
{
    /// <summary>250 ms: deadlines are of the order of a second.</summary>
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(250);

    private readonly StreamId _id;
    private readonly ILogger _logger;
    private readonly Channel<SpliceMessage> _inbox;
    private readonly EncoderFactory _encoders;
    private readonly SpliceEngine _engine;
    private readonly ITimer _timer;
    private readonly Task _loop;
    private readonly Lock _turn = new();
    private bool _isTicking;
    private bool _isEnded;
    private int _state;
    private int _isDisposed;

    /// <summary>Starts the splicer's loop.</summary>
    /// <param name="id">Whose stream it is.</param>
    /// <param name="painter">Draws the label.</param>
    /// <param name="options">Limits and encoder settings.</param>
    /// <param name="time">Clock of deadlines.</param>
    /// <param name="logger">Where changes of state are told.</param>
    /// <param name="output">Where packets go; called on the loop's thread.</param>
    public Splicer(StreamId id, ILabelPainter painter, SpliceOptions options, TimeProvider time, ILogger logger, IPacketSink output)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _id = id;
        _logger = logger;
        _inbox = Channel.CreateBounded<SpliceMessage>(new BoundedChannelOptions(options.InboxLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _encoders = new EncoderFactory(painter, options, _inbox.Writer);
        _engine = new SpliceEngine(id, options, time, _encoders, new SpliceOutput(output), Report);
        _timer = time.CreateTimer(static state => ((Splicer)state!)._inbox.Writer.TryWrite(new SpliceMessage(SpliceMessageKind.Tick)), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Told on the loop's thread at each change; must not block.</summary>
    public event Action<SpliceStateChange>? StateChanged;

    /// <summary>What is done at present.</summary>
    public SpliceState State => (SpliceState)Volatile.Read(ref _state);

    /// <summary>Gives the splicer a packet, with the caller's hold on it. Waits only when the loop is behind by a whole inbox.</summary>
    /// <exception cref="ChannelClosedException">The splicer was completed or disposed; the hold has been let go.</exception>
    public ValueTask WriteAsync(MediaPacket packet, CancellationToken ct)
    {
        // Nothing is held and no label is wanted: the packet goes out on the caller's thread. One hand-over less is worth more than all other work on it.
        if (TryPass(packet))
            return ValueTask.CompletedTask;
        var message = new SpliceMessage(SpliceMessageKind.Packet, packet);
        return _inbox.Writer.TryWrite(message) ? ValueTask.CompletedTask : WriteSlowAsync(message, ct);
    }

    /// <summary>
    /// Says which label is to be in the outgoing picture from the next IDR on; null lifts it at the next IDR; another wording starts a
    /// new segment at the next IDR.
    /// </summary>
    public void Direct(StampDirective? directive)
    {
        var message = new SpliceMessage(SpliceMessageKind.Directive, Subject: directive);
        if (!_inbox.Writer.TryWrite(message))
            _ = SendSlowAsync(message);
    }

    /// <summary>
    /// The publisher is away and may come back: what is held goes out, nothing waits for pictures that may never come, and the label
    /// that was directed is in force again from the next IDR.
    /// </summary>
    public void Pause()
    {
        var message = new SpliceMessage(SpliceMessageKind.Pause);
        if (!_inbox.Writer.TryWrite(message))
            _ = SendSlowAsync(message);
    }

    /// <summary>Ends the stream: everything still held goes out, within the flush deadline. No packets may follow.</summary>
    public async ValueTask CompleteAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _inbox.Writer.WriteAsync(new SpliceMessage(SpliceMessageKind.Complete, Subject: done)).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            return; // ended already
        }

        await done.Task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _inbox.Writer.TryComplete();
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    // The inbox is empty before the turn is taken and its reader takes a message within its turn, so a packet never overtakes one.
    private bool TryPass(MediaPacket packet)
    {
        if (!_engine.IsQuiet || _inbox.Reader.Count != 0 || !_turn.TryEnter())
            return false;
        try
        {
            if (!_engine.IsQuiet || _inbox.Reader.Count != 0 || _isEnded)
                return false;
            _engine.OnPacket(packet);
            return true;
        }
        finally
        {
            _turn.Exit();
        }
    }

    private async ValueTask WriteSlowAsync(SpliceMessage message, CancellationToken ct)
    {
        try
        {
            await _inbox.Writer.WriteAsync(message, ct).ConfigureAwait(false);
        }
        catch
        {
            message.Packet!.Release();
            throw;
        }
    }

    private async Task SendSlowAsync(SpliceMessage message)
    {
        try
        {
            await _inbox.Writer.WriteAsync(message).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The stream ended before the message was read.
        }
    }

    private async Task LoopAsync()
    {
        try
        {
            while (await _inbox.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (TryHandleNext())
                {
                    // One message a turn.
                }
            }
        }
        catch (Exception error)
        {
            _inbox.Writer.TryComplete(error);
            Log.LoopFailed(_logger, _id, error);
            throw;
        }
        finally
        {
            lock (_turn)
            {
                _isEnded = true;
                while (_inbox.Reader.TryRead(out var left))
                {
                    left.Packet?.Release();
                    (left.Subject as TaskCompletionSource)?.TrySetResult();
                }

                _engine.Clear();
            }

            await _encoders.DisposeAllAsync().ConfigureAwait(false);
        }
    }

    private bool TryHandleNext()
    {
        lock (_turn)
        {
            if (!_inbox.Reader.TryRead(out var message))
                return false;
            Handle(message);
            Tick();
            return true;
        }
    }

    private void Handle(in SpliceMessage message)
    {
        switch (message.Kind)
        {
            case SpliceMessageKind.Packet:
                _engine.OnPacket(message.Packet!);
                break;
            case SpliceMessageKind.Directive:
                _engine.OnDirective((StampDirective?)message.Subject);
                break;
            case SpliceMessageKind.EncoderHeader:
                SpliceEngine.OnEncoderHeader((LabelEncoder)message.Subject!, message.Packet!);
                break;
            case SpliceMessageKind.EncoderFrame:
                _engine.OnEncoderFrame((LabelEncoder)message.Subject!, message.Packet!, message.Value);
                break;
            case SpliceMessageKind.EncoderEnded:
                _engine.OnEncoderEnded((LabelEncoder)message.Subject!, message.Reason);
                break;
            case SpliceMessageKind.Pause:
                _engine.OnPause();
                break;
            case SpliceMessageKind.Tick:
                _engine.OnTick();
                break;
            default:
                _engine.OnComplete((TaskCompletionSource)message.Subject!);
                break;
        }
    }

    private void Tick()
    {
        if (_engine.NeedsTicks == _isTicking)
            return;
        _isTicking = !_isTicking;
        var every = _isTicking ? TickEvery : Timeout.InfiniteTimeSpan;
        _timer.Change(every, every);
    }

    private void Report(SpliceStateChange change)
    {
        Volatile.Write(ref _state, (int)change.State);
        if (change.State == SpliceState.CannotStamp)
            Log.CannotStamp(_logger, change.Stream, change.At, change.Reason ?? "unknown");
        else
            Log.StateChanged(_logger, change.Stream, change.State, change.At, change.Reason ?? "as directed");
        StateChanged?.Invoke(change);
    }

    private static partial class Log
    {
        [LoggerMessage(2100, LogLevel.Information, "Splice of stream {Stream} is {State} at {At}: {Reason}")]
        public static partial void StateChanged(ILogger logger, StreamId stream, SpliceState state, Core.Time.MediaTime at, string reason);

        [LoggerMessage(2101, LogLevel.Warning, "Stream {Stream} cannot be stamped at {At}: {Reason}")]
        public static partial void CannotStamp(ILogger logger, StreamId stream, Core.Time.MediaTime at, string reason);

        [LoggerMessage(2102, LogLevel.Error, "Splice loop of stream {Stream} failed")]
        public static partial void LoopFailed(ILogger logger, StreamId stream, Exception error);
    }
}
