namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>
/// Watches one session's deadlines. It is asked about once a second by the server's one timer, so that a connection costs no timer of its
/// own, and it reads only times and counts that the session's loops leave here. Time that the session spends on its own work
/// (an application's answer, back-pressure) is never held against the peer.
/// </summary>
internal sealed class SessionWatch
{
    private readonly IngestLimits _limits;
    private readonly TimeProvider _time;
    private long _stageStarted;
    private long _waitingSince;
    private long _lastHeard;
    private long _pingSent;
    private long _rateStarted;
    private long _rateBytes;
    private long _drainStarted;
    private bool _wasBusy;
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
            Volatile.Write(ref _rateStarted, 0);
        }
    }

    /// <summary>True once the gate drains.</summary>
    public bool IsDraining => Volatile.Read(ref _drainStarted) != 0;

    /// <summary>The session waits for the peer's bytes.</summary>
    public void Wait() => Volatile.Write(ref _waitingSince, _time.GetTimestamp());

    /// <summary>Bytes came, and the session works on them.</summary>
    public void Work(bool heard)
    {
        Volatile.Write(ref _waitingSince, 0);
        if (heard)
            Volatile.Write(ref _lastHeard, _time.GetTimestamp());
    }

    /// <summary>The gate drains from now on.</summary>
    public void Drain() => Volatile.Write(ref _drainStarted, _time.GetTimestamp());

    /// <summary>Judges the session; called from one thread at a time.</summary>
    /// <param name="received">Bytes received so far.</param>
    /// <param name="flushStarted">Tick at which a flush began that still waits, or 0.</param>
    public WatchVerdict Check(long received, long flushStarted)
    {
        var waiting = Volatile.Read(ref _waitingSince);
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
            case SessionStage.Publishing when IsRateTooLow(received, waiting == 0):
                return WatchVerdict.RateTooLow;
            case SessionStage.Closing:
                return Since(_stageStarted) >= _limits.CloseLinger ? WatchVerdict.LingerOver : WatchVerdict.Fine;
            default:
                return CheckPing(isBusy: waiting == 0);
        }
    }

    private bool IsRateTooLow(long received, bool isBusy)
    {
        _wasBusy |= isBusy;
        var started = Volatile.Read(ref _rateStarted);
        if (started != 0 && Since(started) < _limits.MinPublishRateGrace)
            return false;
        var isTooLow = started != 0 && !_wasBusy && _limits.MinPublishBytesPerSecond > 0
            && received - _rateBytes < _limits.MinPublishBytesPerSecond * Since(started).TotalSeconds;
        Volatile.Write(ref _rateStarted, _time.GetTimestamp());
        _rateBytes = received;
        _wasBusy = isBusy;
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
