using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Packets;

/// <summary>
/// One audio, video or data message of a stream: an FLV tag body, untouched, with its time. Packets are shared by reference
/// among the upstream, players, the GOP cache and the tap, so they count their holders: who keeps a packet calls
/// <see cref="Retain"/>, who is done calls <see cref="Release"/>, and the last one gives the bytes back to the pool.
/// A forgotten release costs the pool a buffer (the collector takes it), never a wrong byte.
/// </summary>
public sealed class MediaPacket
{
    private readonly PacketPool _pool;
    private readonly byte[] _buffer;
    private int _length;
    private int _holders;

    internal MediaPacket(PacketPool pool, byte[] buffer)
    {
        _pool = pool;
        _buffer = buffer;
    }

    /// <summary>Audio, video or data.</summary>
    public MediaKind Kind { get; private set; }

    /// <summary>Decoding time on the stream's clock.</summary>
    public MediaTime Dts { get; private set; }

    /// <summary>What the payload's first bytes say.</summary>
    public PacketTraits Traits { get; private set; }

    /// <summary>Presentation time: DTS plus the composition offset.</summary>
    public MediaTime Pts => new(Dts.Milliseconds + Traits.CompositionOffsetMs);

    /// <summary>The time-provider tick at which the packet's first byte came in, for latency figures; 0 when not measured.</summary>
    public long ReceivedTimestamp { get; private set; }

    /// <summary>The FLV tag body. Valid only while the caller holds the packet.</summary>
    public ReadOnlyMemory<byte> Payload => _buffer.AsMemory(0, _length);

    /// <summary>True for a video packet that starts a GOP by its tag.</summary>
    public bool IsKeyFrame => Traits.IsKeyFrame && !Traits.IsSequenceHeader;

    /// <summary>True for a decoder configuration record, which must never be dropped.</summary>
    public bool IsSequenceHeader => Traits.IsSequenceHeader;

    /// <summary>The writable bytes, for whoever rented the packet, before it is shared.</summary>
    public Span<byte> Writable => _buffer.AsSpan(0, _length);

    /// <summary>Adds a holder. Only somebody who holds the packet may call this.</summary>
    /// <returns>This packet, for chaining.</returns>
    /// <exception cref="ObjectDisposedException">Nobody held the packet any more.</exception>
    public MediaPacket Retain()
    {
        if (Interlocked.Increment(ref _holders) <= 1)
        {
            Interlocked.Decrement(ref _holders);
            throw new ObjectDisposedException(nameof(MediaPacket), "Retain after the last release.");
        }

        return this;
    }

    /// <summary>Takes a holder away; the last one returns the packet to its pool.</summary>
    /// <exception cref="ObjectDisposedException">Released more often than retained.</exception>
    public void Release()
    {
        var left = Interlocked.Decrement(ref _holders);
        if (left == 0)
        {
            _length = 0; // whoever still looks sees nothing rather than somebody else's packet
            _pool.Return(this);
        }
        else if (left < 0)
            throw new ObjectDisposedException(nameof(MediaPacket), "Released more often than retained.");
    }

    /// <summary>Sets another decoding time, before the packet is shared.</summary>
    public MediaPacket Retime(MediaTime dts)
    {
        Dts = dts;
        return this;
    }

    /// <summary>Sets the traits once the payload is in place (they are read from it).</summary>
    public MediaPacket Describe(PacketTraits traits)
    {
        Traits = traits;
        return this;
    }

    /// <summary>The packet below this one in the pool's stack.</summary>
    internal MediaPacket? Below { get; set; }

    /// <summary>Payload bytes there is room for.</summary>
    internal int Capacity => _buffer.Length;

    internal void Fill(MediaKind kind, MediaTime dts, int length, PacketTraits traits, long receivedTimestamp)
    {
        Kind = kind;
        Dts = dts;
        Traits = traits;
        ReceivedTimestamp = receivedTimestamp;
        _length = length;
        Volatile.Write(ref _holders, 1);
    }
}
