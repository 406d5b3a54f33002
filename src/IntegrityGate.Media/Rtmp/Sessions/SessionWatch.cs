namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>
/// Watches one session's deadlines. It is asked about once a second by the server's one timer, so that a connection costs no timer of its
/// own, and it reads only times and counts that the session's loops leave here. Time that the session spends on its own work
/// (an application's answer, back-pressure) is never held against the peer.
/// </summary>
internal sealed class SessionWatch
{
    private const long NoStretch = -1;

    private readonly IngestLimits _limits;
    private readonly TimeProvider _time;
    private long _stageStarted;
    private long _waitingSince;
    private long _lastHeard;
    private long _waited;
    private long _pingSent;
    private long _rateWaited = NoStretch;
    private long _rateBytes;
    private long _drainStarted;
    private SessionStage _stage;

    /// <summary>Starts in the handshake.</summary>
    public SessionWatch(IngestLimits limits, TimeProvider time)
    {
        _limits = limits;
        _time = time;
        _stageStarted = _lastHeard = time.GetTimestamp();
    }

    /// <summary>Where the session stands.</summary>
    public SessionStage Stage
    {
        get => _stage;
        set
        {
            var now = _time.GetTimestamp();
            _stage = value;
            Volatile.Write(ref _stageStarted, now);
            Volatile.Write(ref _rateWaited, NoStretch);
        }
    }

    /// <summary>True once the gate drains.</summary>
    public bool IsDraining => Volatile.Read(ref _drainStarted) != 0;

    /// <summary>The session waits for the peer's bytes.</summary>
    public void Wait() => Volatile.Write(ref _waitingSince, _time.GetTimestamp());

    /// <summary>Bytes came, and the session works on them.</summary>
    public void Work(bool heard)
    {
        var now = _time.GetTimestamp();
        var since = _waitingSince;
        Volatile.Write(ref _waitingSince, 0); // before the sum: a check in between must count the wait once or not at all, never twice
        if (since != 0)
            Volatile.Write(ref _waited, _waited + now - since);
        if (heard)
            Volatile.Write(ref _lastHeard, now);
    }

    /// <summary>The gate drains from now on.</summary>
    public void Drain() => Volatile.Write(ref _drainStarted, _time.GetTimestamp());

    /// <summary>Judges the session; called from one thread at a time.</summary>
    /// <param name="received">Bytes received so far.</param>
    /// <param name="flushStarted">Tick at which a flush began that still waits, or 0.</param>
    public WatchVerdict Check(long received, long flushStarted)
    {
        var waited = Volatile.Read(ref _waited);
        var waiting = Volatile.Read(ref _waitingSince);
        if (waiting != 0)
            waited += _time.GetTimestamp() - waiting;
        if (flushStarted != 0 && Since(flushStarted) >= _limits.SendTimeout)
            return WatchVerdict.SendTimeout;
        if (IsDraining && _stage != SessionStage.Closing && Since(Volatile.Read(ref _drainStarted)) >= _limits.DrainGrace)
            return WatchVerdict.DrainOver;
        switch (_stage)
        {
            case SessionStage.Handshake:
                return Since(_stageStarted) >= _limits.HandshakeTimeout ? WatchVerdict.HandshakeTimeout : WatchVerdict.Fine;
            case SessionStage.Command:
                return waiting != 0 && Since(_stageStarted) >= _limits.CommandTimeout ? WatchVerdict.CommandTimeout : WatchVerdict.Fine;
            case SessionStage.Publishing when waiting != 0 && Since(waiting) >= _limits.IdleTimeout:
                return WatchVerdict.IdleTimeout;
            case SessionStage.Publishing when IsRateTooLow(received, waited):
                return WatchVerdict.RateTooLow;
            case SessionStage.Closing:
                return Since(_stageStarted) >= _limits.CloseLinger ? WatchVerdict.LingerOver : WatchVerdict.Fine;
            default:
                return CheckPing(isBusy: waiting == 0);
        }
    }

    // Measured over the time spent waiting for the peer: the session's own work neither counts against the peer nor, however
    // often a check finds the session at it, excuses a peer that trickles.
    private bool IsRateTooLow(long received, long waited)
    {
        var started = Volatile.Read(ref _rateWaited);
        var stretch = _time.GetElapsedTime(started, waited);
        if (started != NoStretch && stretch < _limits.MinPublishRateGrace)
            return false;
        var isTooLow = started != NoStretch && _limits.MinPublishBytesPerSecond > 0
            && received - _rateBytes < _limits.MinPublishBytesPerSecond * stretch.TotalSeconds;
        Volatile.Write(ref _rateWaited, waited);
        _rateBytes = received;
        return isTooLow;
    }

    private WatchVerdict CheckPing(bool isBusy)
    {
        var heard = Volatile.Read(ref _lastHeard);
        if (isBusy || heard >= _pingSent)
            _pingSent = 0; // anything at all is an answer: OBS never reads our pings while it sends
        if (isBusy)
            return WatchVerdict.Fine;
        if (_pingSent != 0)
            return Since(_pingSent) >= _limits.PingTimeout ? WatchVerdict.PingTimeout : WatchVerdict.Fine;
        if (Since(heard) < _limits.PingInterval)
            return WatchVerdict.Fine;
        _pingSent = _time.GetTimestamp();
        return WatchVerdict.SendPing;
    }

    private TimeSpan Since(long timestamp) => _time.GetElapsedTime(timestamp);
}
