using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Streams;

/// <summary>
/// Whose turn it is to publish a stream: one publisher's, or nobody's while the stream waits for one that went away without a
/// goodbye. Everything else of the stream stays as it is meanwhile.
/// </summary>
internal sealed partial class PublisherTurns : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamSession _session;
    private readonly SessionParts _parts;
    private readonly Action _meanwhile;
    private readonly ILogger _logger;
    private PublisherTurn? _turn;
    private PublisherWait? _wait;
    private bool _isYielding;
    private bool _isClosed;

    /// <param name="session">Whose publishers they are.</param>
    /// <param name="parts">Clock, settings, log.</param>
    /// <param name="meanwhile">Called at intervals while nobody publishes.</param>
    public PublisherTurns(StreamSession session, SessionParts parts, Action meanwhile)
    {
        _session = session;
        _parts = parts;
        _meanwhile = meanwhile;
        _logger = parts.Loggers.CreateLogger<PublisherTurns>();
        _turn = First = new PublisherTurn(session);
    }

    /// <summary>The publisher for whom the session was made.</summary>
    public PublisherTurn First { get; }

    /// <summary>True while the publisher is away and waited for.</summary>
    public bool IsWaiting => Volatile.Read(ref _wait) is not null;

    /// <summary>Begins the next publisher's turn.</summary>
    /// <returns>Null when nobody is waited for: another publisher is there, or the stream is over.</returns>
    public PublisherTurn? TryResume()
    {
        PublisherTurn turn;
        lock (_gate)
        {
            if (!TakeWait(null))
                return null;
            _turn = turn = new PublisherTurn(_session);
        }

        Count("resumed");
        Log.Resumed(_logger, _session.Identity.Id.Value);
        return turn;
    }

    /// <summary>Ends the present publisher's turn in favour of another one; done when it is over.</summary>
    public async Task YieldAsync(CancellationToken cancellationToken)
    {
        PublisherTurn? turn;
        lock (_gate)
        {
            turn = _turn;
            _isYielding = turn is not null;
        }

        turn?.Close(new PublicationEnd(GateFault.PublisherRefused, RtmpStatus.PublishBadName, "Another publisher took this stream over."));
        if (turn is not null)
            await turn.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>A publisher is gone. <paramref name="pause"/> is called before another one can begin.</summary>
    /// <returns>False when nobody is waited for: the stream is over.</returns>
    public bool Leave(PublisherTurn turn, GateFault fault, string reason, Action pause)
    {
        lock (_gate)
        {
            if (_turn != turn)
                return true; // not its turn any more
            _turn = null;
            var waits = IsWorthWaiting(fault);
            _isYielding = false;
            if (!waits)
                return false;
            pause();
            _wait = new PublisherWait(_parts.Options.Continuity.Hold, _parts.Options.Continuity.KeepAlive, _parts.Time, _meanwhile, wait => _ = ExpireAsync(wait));
        }

        Count("held");
        Log.Waits(_logger, _session.Identity.Id.Value, _parts.Options.Continuity.Hold, reason);
        return true;
    }

    /// <summary>Nobody is waited for from now on, and the present publisher is told to go.</summary>
    /// <returns>True when there was none, so that nobody else will end the stream.</returns>
    public bool Close(PublicationEnd end)
    {
        PublisherTurn? turn;
        bool wasWaiting;
        lock (_gate)
        {
            _isClosed = true;
            turn = _turn;
            wasWaiting = TakeWait(null);
        }

        turn?.Close(end);
        return wasWaiting;
    }

    /// <summary>Waits no longer for a publisher that is away; one that is there goes on.</summary>
    /// <returns>True when there was none.</returns>
    public bool StopWaiting()
    {
        lock (_gate)
            return TakeWait(null);
    }

    /// <summary>The stream is over.</summary>
    public void Dispose() => StopWaiting();

    // A goodbye is a goodbye, and who was refused or closed is not waited for.
    private bool IsWorthWaiting(GateFault fault) =>
        (_isYielding || fault is GateFault.PublisherDisconnected or GateFault.PublisherIdle)
        && !_isClosed && _session.Packets > 0 && _parts.Options.Continuity.Hold > TimeSpan.Zero && !_parts.IsStopping();

    private bool TakeWait(PublisherWait? expected)
    {
        if (_wait is null || (expected is not null && _wait != expected))
            return false;
        _wait.Dispose();
        _wait = null;
        return true;
    }

    private async Task ExpireAsync(PublisherWait wait)
    {
        lock (_gate)
        {
            if (!TakeWait(wait))
                return;
        }

        Count("expired");
        await _session.CompleteAsync(GateFault.PublisherDisconnected, $"the publisher did not come back within {_parts.Options.Continuity.Hold}");
    }

    private void Count(string outcome)
    {
        GateMetrics.PublisherWaits.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _session.Trace(outcome);
    }

    private static partial class Log
    {
        [LoggerMessage(6020, LogLevel.Information, "Stream {Stream} waits {Window} for its publisher: {Reason}.")]
        public static partial void Waits(ILogger logger, string stream, TimeSpan window, string reason);

        [LoggerMessage(6021, LogLevel.Information, "Stream {Stream} goes on with its publisher.")]
        public static partial void Resumed(ILogger logger, string stream);
    }
}
