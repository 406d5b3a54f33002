using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Transport;

namespace IntegrityGate.Egress;

/// <summary>
/// What one receiver (a player, an upstream) has not taken yet: a bounded ring with a budget in bytes. When the budget is
/// spent, everything is dropped up to the next key frame that fits, so a receiver never gets half a GOP; sequence headers
/// are never dropped. One writer, one reader. A reader that waits is woken on the event loop of its connection when the pass
/// that brought the packets is over, so that it finds all of them; without a loop, on the thread pool.
/// </summary>
public sealed class PacketQueue : IThreadPoolWorkItem, IWaitOwner
{
    /// <summary>Packets, whatever their size: ten minutes of 30 fps video with audio would be 45,000; a stalled receiver is cut long before.</summary>
    public const int MaxPackets = 8192;

    private const int FirstRoom = 16; // grows by doubling; most receivers never wait for more than a pass

    private readonly Lock _gate = new();
    private readonly LoopWait<MediaPacket?> _wait;
    private readonly long _budget;
    private MediaPacket?[] _ring = new MediaPacket?[FirstRoom];
    private int _head;
    private int _count;
    private EventLoop? _home;
    private bool _isHomeKnown;
    private long _bytes;
    private long _dropped;
    private bool _dropping;
    private bool _hasVideo;
    private bool _isWoken;
    private bool _isComplete;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="budgetBytes">Payload bytes it may hold.</param>
    /// <param name="waitForKeyFrame">True when the receiver must start at a key frame and has none yet.</param>
    public PacketQueue(long budgetBytes, bool waitForKeyFrame = false)
    {
        _wait = new LoopWait<MediaPacket?>(this);
        _budget = budgetBytes;
        _dropping = waitForKeyFrame;
    }

    /// <summary>Payload bytes waiting.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Packets dropped so far.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Offers a packet; the queue takes a hold of its own when it keeps it.</summary>
    public PacketFate Offer(MediaPacket packet)
    {
        lock (_gate)
        {
            _hasVideo |= packet.Kind == MediaKind.Video;
            var waiting = _bytes + packet.Payload.Length;
            var fits = waiting <= _budget;
            // Headers may use as much again, so that a full queue still gets them, but a flood of them is a flood.
            var mustKeep = (packet.IsSequenceHeader || packet.Kind == MediaKind.Data) && waiting <= 2 * _budget;
            if (_dropping && fits && (packet.IsKeyFrame || (!_hasVideo && packet.Kind == MediaKind.Audio)))
                _dropping = false;
            if (_isComplete)
                return PacketFate.Gone;
            if (!(mustKeep || (!_dropping && fits)) || _count == MaxPackets)
            {
                var fate = _dropping && fits && _count < MaxPackets ? PacketFate.BeforeKeyFrame : PacketFate.Behind;
                _dropping |= !mustKeep;
                _dropped++;
                return fate;
            }

            Add(packet.Retain());
            if (!MustWake())
                return PacketFate.Queued;
        }

        Wake();
        return PacketFate.Queued;
    }

    /// <summary>Takes the next packet if there is one; the caller holds it.</summary>
    public bool TryRead(out MediaPacket? packet)
    {
        lock (_gate)
            return TryTake(out packet);
    }

    /// <summary>Waits for the next packet; the caller holds it. Null is the end. Allocates nothing.</summary>
    public ValueTask<MediaPacket?> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (TryTake(out var packet) || _isComplete)
                return new ValueTask<MediaPacket?>(packet);
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled<MediaPacket?>(cancellationToken);
            if (!_isHomeKnown)
                (_home, _isHomeKnown) = (EventLoop.Home, true);
            return _wait.Begin(cancellationToken);
        }
    }

    /// <summary>No more will come; what waits can still be read.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            if (!MustWake())
                return;
        }

        Wake();
    }

    /// <summary>Releases what waits, when the receiver is gone.</summary>
    public void Clear()
    {
        Complete();
        while (TryRead(out var packet))
            packet!.Release();
    }

    /// <summary>Gives the reader that waits the first packet.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        MediaPacket? packet;
        Exception? error;
        lock (_gate)
        {
            error = TryTake(out packet) || _isComplete ? null : _wait.Cancellation;
            _isWoken = false;
            _wait.End();
        }

        _wait.Tell(packet, error);
    }

    /// <inheritdoc/>
    void IWaitOwner.Wake()
    {
        lock (_gate)
        {
            if (!_wait.IsGivenUp || !MustWake())
                return;
        }

        Wake();
    }

    private void Add(MediaPacket packet)
    {
        if (_count == _ring.Length)
        {
            var grown = new MediaPacket?[_ring.Length * 2];
            for (var at = 0; at < _count; at++)
                grown[at] = _ring[(_head + at) % _ring.Length];
            (_ring, _head) = (grown, 0);
        }

        _ring[(_head + _count++) % _ring.Length] = packet;
        _bytes += packet.Payload.Length;
    }

    private bool TryTake(out MediaPacket? packet)
    {
        packet = null;
        if (_count == 0)
            return false;
        packet = _ring[_head];
        _ring[_head] = null;
        _head = (_head + 1) % _ring.Length;
        _count--;
        _bytes -= packet!.Payload.Length;
        return true;
    }

    private bool MustWake() => _wait.IsOn && !_isWoken && (_isWoken = true);

    private void Wake()
    {
        if (_home is { } loop)
            loop.Post(this);
        else
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
