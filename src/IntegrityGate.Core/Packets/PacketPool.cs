using System.Buffers;
using System.Collections.Concurrent;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Packets;

/// <summary>
/// Rents packets and their byte buffers, so that forwarding allocates nothing in steady state. The pool keeps at most
/// <see cref="MaxIdlePackets"/> idle packet objects; buffers go to the shared array pool.
/// </summary>
public sealed class PacketPool
{
    /// <summary>Idle packet objects kept: 4,096 cover a hundred streams with a two-second GOP in flight at under 1 MiB.</summary>
    public const int MaxIdlePackets = 4096;

    private readonly ConcurrentQueue<MediaPacket> _idle = new();
    private int _idleCount;
    private int _rented;

    /// <summary>The pool the whole program shares.</summary>
    public static PacketPool Shared { get; } = new();

    /// <summary>Packets out at this moment; a test that ends with more than it began with has leaked.</summary>
    public int Rented => Volatile.Read(ref _rented);

    /// <summary>Rents a packet with room for <paramref name="length"/> payload bytes; the caller is its only holder.</summary>
    /// <param name="kind">Audio, video or data.</param>
    /// <param name="dts">Decoding time.</param>
    /// <param name="length">Payload length in bytes.</param>
    /// <param name="traits">What is known of the payload already.</param>
    /// <param name="receivedTimestamp">Time-provider tick of arrival, or 0.</param>
    public MediaPacket Rent(MediaKind kind, MediaTime dts, int length, PacketTraits traits = default, long receivedTimestamp = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (_idle.TryDequeue(out var packet))
            Interlocked.Decrement(ref _idleCount);
        else
            packet = new MediaPacket(this);
        var buffer = length == 0 ? [] : ArrayPool<byte>.Shared.Rent(length);
        packet.Fill(kind, dts, buffer, length, traits, receivedTimestamp);
        Interlocked.Increment(ref _rented);
        return packet;
    }

    /// <summary>Rents a packet and copies the payload into it.</summary>
    public MediaPacket Copy(MediaKind kind, MediaTime dts, ReadOnlySpan<byte> payload, PacketTraits traits = default, long receivedTimestamp = 0)
    {
        var packet = Rent(kind, dts, payload.Length, traits, receivedTimestamp);
        payload.CopyTo(packet.Writable);
        return packet;
    }

    internal void Return(MediaPacket packet)
    {
        Interlocked.Decrement(ref _rented);
        var buffer = packet.TakeBuffer();
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        if (Interlocked.Increment(ref _idleCount) <= MaxIdlePackets)
            _idle.Enqueue(packet);
        else
            Interlocked.Decrement(ref _idleCount);
    }
}
