using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Packets;

/// <summary>
/// Rents packets together with their bytes, so that forwarding allocates nothing in steady state. Idle packets wait in classes by size, each
/// a stack, the last one in first out again while its bytes are still in the processor's cache. The shared array pool will not do: a
/// GOP cache gives back a whole GOP at once, which is more than it keeps of one size.
/// </summary>
public sealed class PacketPool
{
    /// <summary>Bytes of idle packets kept. 64 MiB: the two-second GOPs of forty streams at 6 Mbps, all given back in one instant.</summary>
    public const long DefaultMaxIdleBytes = 64L << 20;

    /// <summary>Largest payload that is kept when idle: 16 MiB, over the largest message that RTMP can carry (a length of 24 bits).</summary>
    public const int LargestPooledBytes = 1 << 24;

    private const int SmallestOctave = 8; // the least buffer holds 256 bytes
    private const int Steps = 4; // classes an octave: a buffer is at most a quarter larger than asked for, an eighth on average

    private readonly PacketClass[] _classes;
    private readonly long _maxIdleBytes;
    private long _idleBytes;
    private int _rented;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="maxIdleBytes">Bytes of idle packets kept; what comes back beyond it is left to the collector.</param>
    public PacketPool(long maxIdleBytes = DefaultMaxIdleBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxIdleBytes);
        _maxIdleBytes = maxIdleBytes;
        _classes = [.. Enumerable.Range(0, ClassOf(LargestPooledBytes) + 1).Select(index => new PacketClass(BytesOf(index)))];
    }

    /// <summary>The pool the whole program shares.</summary>
    public static PacketPool Shared { get; } = new();

    /// <summary>Packets out at this moment; a test that ends with more than it began with has leaked.</summary>
    public int Rented => Volatile.Read(ref _rented);

    /// <summary>Bytes of idle packets, payload only.</summary>
    public long IdleBytes => Interlocked.Read(ref _idleBytes);

    /// <summary>Rents a packet with room for <paramref name="length"/> payload bytes; the caller is its only holder. The bytes are not cleared.</summary>
    /// <param name="kind">Audio, video or data.</param>
    /// <param name="dts">Decoding time.</param>
    /// <param name="length">Payload length in bytes.</param>
    /// <param name="traits">What is known of the payload already.</param>
    /// <param name="receivedTimestamp">Time-provider tick of arrival, or 0.</param>
    public MediaPacket Rent(MediaKind kind, MediaTime dts, int length, PacketTraits traits = default, long receivedTimestamp = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        MediaPacket? packet = null;
        var bytes = length;
        if (length <= LargestPooledBytes)
        {
            var place = _classes[ClassOf(length)];
            bytes = place.Bytes;
            packet = place.TryTake();
        }

        if (packet is null)
            packet = new MediaPacket(this, GC.AllocateUninitializedArray<byte>(bytes));
        else
            Interlocked.Add(ref _idleBytes, -bytes);
        packet.Fill(kind, dts, length, traits, receivedTimestamp);
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

    /// <summary>
    /// Lets go of packets that nobody wanted since the last call: of each class half of those that were idle all the time. Called now and
    /// then, it gives the memory of a busy hour back within minutes and leaves what a steady load uses alone.
    /// </summary>
    public void Trim()
    {
        foreach (var place in _classes)
            Interlocked.Add(ref _idleBytes, -(long)place.Trim() * place.Bytes);
    }

    internal void Return(MediaPacket packet)
    {
        Interlocked.Decrement(ref _rented);
        var bytes = packet.Capacity;
        if (bytes > LargestPooledBytes)
            return;
        if (Interlocked.Add(ref _idleBytes, bytes) <= _maxIdleBytes)
            _classes[ClassOf(bytes)].Put(packet);
        else
            Interlocked.Add(ref _idleBytes, -bytes);
    }

    // The octave of a length, and the quarter within it.
    private static int ClassOf(int length)
    {
        if (length <= 1 << SmallestOctave)
            return 0;
        var octave = int.Log2(length - 1);
        return 1 + ((octave - SmallestOctave) * Steps) + ((length - 1 - (1 << octave)) >> (octave - 2));
    }

    private static int BytesOf(int index)
    {
        if (index == 0)
            return 1 << SmallestOctave;
        var (octave, step) = Math.DivRem(index - 1, Steps);
        return (1 << (octave + SmallestOctave)) + ((step + 1) << (octave + SmallestOctave - 2));
    }
}
