using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Looking.Scheduling;
using IntegrityGate.Media.Decoding.Audio;

namespace IntegrityGate.Looking.Listening;

/// <summary>
/// Picks windows of a stream's sound as packets pass: one from the very beginning, where a label is due (GB 45438-2025 5.3), then one an
/// interval, whose moment is drawn by chance; all of the sound, in windows that overlap, when the interval is no longer than a window. Called by the
/// packet loop only. It holds the packets of the present window and nothing between windows; they are the same that everybody holds.
/// </summary>
internal sealed class AudioTap : IDisposable
{
    /// <summary>4 MiB: the longest window (60 s) at 512 kbit/s; a window beyond it is given up.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>12,000 packets: the longest window in packets of 5 ms, the shortest in use.</summary>
    public const int MaxPackets = 12_000;

    /// <summary>4 s of a window, no more than half, are heard again in the next when all is heard: a rhythm of the usual speed and its margins fit into it.</summary>
    public static readonly TimeSpan MaxOverlap = TimeSpan.FromSeconds(4);

    // 1 s without a packet: what comes then belongs to another window.
    private static readonly TimeSpan s_hole = TimeSpan.FromSeconds(1);

    private readonly AudioMailbox _mailbox;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _window;
    private readonly double _jitter;
    private readonly Chance _chance;
    private readonly Func<bool> _isPaused;
    private readonly Func<TimeSpan, TimeSpan> _planned;
    private readonly List<MediaPacket> _held = [];
    private MediaPacket? _header;
    private MediaCodec _codec;
    private long _bytes;
    private MediaTime? _last;
    private MediaTime? _due;
    private bool _isStart = true;

    /// <param name="mailbox">Where windows go.</param>
    /// <param name="interval">Media time from the beginning of a window to that of the next.</param>
    /// <param name="window">Length of a window.</param>
    /// <param name="jitter">Share of the interval that the moment is drawn from, 0 to 1.</param>
    /// <param name="chance">Where moments are drawn from.</param>
    /// <param name="isPaused">True while nobody looks.</param>
    /// <param name="planned">What the scheduler's plan makes of an interval; must not wait.</param>
    public AudioTap(
        AudioMailbox mailbox, TimeSpan interval, TimeSpan window, double jitter, Chance chance, Func<bool> isPaused, Func<TimeSpan, TimeSpan> planned)
    {
        _mailbox = mailbox;
        _interval = interval;
        _window = window;
        _jitter = jitter;
        _chance = chance;
        _isPaused = isPaused;
        _planned = planned;
    }

    /// <summary>How much of a window the next one begins with when all is heard.</summary>
    public static TimeSpan OverlapOf(TimeSpan window) => window / 2 < MaxOverlap ? window / 2 : MaxOverlap;

    /// <summary>Sees a packet pass; borrows it.</summary>
    public void See(MediaPacket packet)
    {
        if (packet.Kind != MediaKind.Audio || !AudioDecoder.Takes(packet.Traits.Codec))
            return;
        if (packet.Traits.Codec != _codec)
        {
            Forget();
            _codec = packet.Traits.Codec;
            _header?.Release();
            _header = null;
        }

        if (packet.IsSequenceHeader)
        {
            Forget();
            packet.Retain();
            _header?.Release();
            _header = packet;
            return;
        }

        if (_isPaused())
        {
            Forget();
            (_last, _due, _isStart) = (null, null, false);
            return;
        }

        if (packet.Payload.Length > packet.Traits.HeaderLength && (_header is not null || _codec != MediaCodec.Aac))
            Take(packet);
    }

    /// <summary>Releases what is held.</summary>
    public void Dispose()
    {
        Forget();
        _header?.Release();
        _header = null;
    }

    private void Take(MediaPacket packet)
    {
        if (_last is { } last && (packet.Dts < last || packet.Dts - last > s_hole))
        {
            Forget();
            if (packet.Dts < last)
                _due = null; // the clock began anew
        }

        _last = packet.Dts;
        if (_held.Count == 0 && _due is { } due && packet.Dts < due)
            return;
        if (_held.Count >= MaxPackets || _bytes + packet.Payload.Length > MaxBytes)
        {
            Forget();
            _due = packet.Dts + _interval;
            GateMetrics.AudioWindows.Add(1, new KeyValuePair<string, object?>("outcome", "limit"));
            return;
        }

        _held.Add(packet.Retain());
        _bytes += packet.Payload.Length;
        if (packet.Dts - _held[0].Dts >= _window)
            Deliver();
    }

    private void Deliver()
    {
        var begin = _held[0].Dts;
        _mailbox.Put(new AudioSample(_header, _held, _isStart));
        _isStart = false;
        var interval = _planned(_interval);
        if (interval <= _window)
        {
            Drop(begin + (_window - OverlapOf(_window)));
            _due = null;
            return;
        }

        // The plan knows a longest interval for pictures; what is set for sound is never shortened to it.
        interval = interval > _interval ? interval : _interval;
        _due = begin + (interval * (1 + (_jitter * (_chance.Next() - 0.5))));
        Drop(_due.Value);
    }

    private void Drop(MediaTime until)
    {
        var gone = 0;
        for (; gone < _held.Count && _held[gone].Dts < until; gone++)
        {
            _bytes -= _held[gone].Payload.Length;
            _held[gone].Release();
        }

        _held.RemoveRange(0, gone);
    }

    private void Forget()
    {
        if (_held.Count > 0)
            _isStart = false;
        foreach (var packet in _held)
            packet.Release();
        _held.Clear();
        _bytes = 0;
    }
}
