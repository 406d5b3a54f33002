namespace IntegrityGate.Core.Packets;

/// <summary>The idle packets of one size: a stack linked through the packets themselves, which needs no memory of its own.</summary>
/// <param name="bytes">Payload bytes that each holds.</param>
internal sealed class PacketClass(int bytes)
{
    private readonly Lock _gate = new();
    private MediaPacket? _top;
    private int _count;
    private int _least;

    /// <summary>Payload bytes that each packet holds.</summary>
    public int Bytes => bytes;

    /// <summary>Takes the packet that came last; null when there is none.</summary>
    public MediaPacket? TryTake()
    {
        lock (_gate)
        {
            if (_top is not { } packet)
                return null;
            _top = packet.Below;
            packet.Below = null;
            _count--;
            _least = Math.Min(_least, _count);
            return packet;
        }
    }

    /// <summary>Puts a packet on top.</summary>
    public void Put(MediaPacket packet)
    {
        lock (_gate)
        {
            packet.Below = _top;
            _top = packet;
            _count++;
        }
    }

    /// <summary>Lets go of half of those that were here all the time since the last call, rounded up.</summary>
    /// <returns>How many.</returns>
    public int Trim()
    {
        lock (_gate)
        {
            var surplus = (_least + 1) / 2;
            for (var at = 0; at < surplus; at++)
                _top = _top!.Below;
            _count -= surplus;
            _least = _count;
            return surplus;
        }
    }
}
