using System.Threading.Channels;
using IntegrityGate.Core.Packets;

namespace IntegrityGate.Egress;

/// <summary>
/// What one receiver (a player, an upstream) has not taken yet: a bounded channel with a budget in bytes. When the budget is
/// spent, everything is dropped up to the next key frame that fits, so a receiver never gets half a GOP; sequence headers
/// are never dropped. One writer, one reader.
/// </summary>
public sealed class PacketQueue
{
    /// <summary>Packets, whatever their size: ten minutes of 30 fps video with audio would be 45,000; a stalled receiver is cut long before.</summary>
    public const int MaxPackets = 8192;

    // Full-mode Wait with TryWrite: the writer sees a full channel and drops by GOP, which no built-in drop mode does.
    private readonly Channel<MediaPacket> _channel = Channel.CreateBounded<MediaPacket>(
        new BoundedChannelOptions(MaxPackets) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly long _budget;
    private long _bytes;
    private long _dropped;
    private bool _dropping;
    private bool _hasVideo;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="budgetBytes">Payload bytes it may hold.</param>
    /// <param name="waitForKeyFrame">True when the receiver must start at a key frame and has none yet.</param>
    public PacketQueue(long budgetBytes, bool waitForKeyFrame = false)
    {
        _budget = budgetBytes;
        _dropping = waitForKeyFrame;
    }

    /// <summary>Payload bytes waiting.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Packets dropped so far.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Offers a packet; the queue takes a hold of its own when it keeps it.</summary>
    /// <returns>False when it was dropped.</returns>
    public bool Offer(MediaPacket packet)
    {
        _hasVideo |= packet.Kind == MediaKind.Video;
        var waiting = Bytes + packet.Payload.Length;
        var fits = waiting <= _budget;
        // Headers may use as much again, so that a full queue still gets them, but a flood of them is a flood.
        var mustKeep = (packet.IsSequenceHeader || packet.Kind == MediaKind.Data) && waiting <= 2 * _budget;
        if (_dropping && fits && (packet.IsKeyFrame || (!_hasVideo && packet.Kind == MediaKind.Audio)))
            _dropping = false;
        if (mustKeep || (!_dropping && fits))
        {
            packet.Retain();
            Interlocked.Add(ref _bytes, packet.Payload.Length);
            if (_channel.Writer.TryWrite(packet))
                return true;
            Taken(packet);
            packet.Release();
        }

        if (!mustKeep)
            _dropping = true;
        Interlocked.Increment(ref _dropped);
        return false;
    }

    /// <summary>Takes the next packet if there is one; the caller holds it.</summary>
    public bool TryRead(out MediaPacket? packet)
    {
        if (!_channel.Reader.TryRead(out packet))
            return false;
        Taken(packet);
        return true;
    }

    /// <summary>Waits for the next packet; the caller holds it. Null is the end.</summary>
    public async ValueTask<MediaPacket?> ReadAsync(CancellationToken cancellationToken)
    {
        do
        {
            if (TryRead(out var packet))
                return packet;
        }
        while (await _channel.Reader.WaitToReadAsync(cancellationToken));
        return null;
    }

    /// <summary>No more will come; what waits can still be read.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    /// <summary>Releases what waits, when the receiver is gone.</summary>
    public void Clear()
    {
        Complete();
        while (TryRead(out var packet))
            packet!.Release();
    }

    private void Taken(MediaPacket packet) => Interlocked.Add(ref _bytes, -packet.Payload.Length);
}
