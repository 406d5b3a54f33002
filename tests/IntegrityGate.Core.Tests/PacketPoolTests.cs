using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Tests;

public sealed class PacketPoolTests
{
    [Property]
    public bool A_packet_has_the_length_that_was_asked_for_and_holds_what_is_written(ushort length, byte value)
    {
        var pool = new PacketPool();
        for (var again = 0; again < 2; again++)
        {
            var packet = Rent(pool, length);
            packet.Writable.Fill(value);
            if (packet.Payload.Length != length || packet.Payload.Span.ContainsAnyExcept(value))
                return false;
            packet.Release();
        }

        return true;
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(257, 320)]
    [InlineData(22_800, 4000)]
    [InlineData(6_000_000, 1_100_000)]
    public void A_buffer_is_at_most_a_quarter_larger_than_asked_for_above_the_least_size(int length, int mostWasted)
    {
        var pool = new PacketPool();
        Rent(pool, length).Release();
        Assert.InRange(pool.IdleBytes, length, length + mostWasted);
    }

    [Fact]
    public void A_whole_GOP_that_comes_back_at_once_is_all_kept()
    {
        var pool = new PacketPool();
        var lengths = Enumerable.Range(0, 600).Select(number => number % 60 == 0 ? 150_000 : 20_000 + (number * 7 % 5000)).ToArray();
        ReturnAll([.. lengths.Select(length => Rent(pool, length))]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var gop = new MediaPacket[lengths.Length];
        var ownBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        for (var at = 0; at < lengths.Length; at++)
            gop[at] = Rent(pool, lengths[at]);
        Assert.Equal(ownBytes, GC.GetAllocatedBytesForCurrentThread() - before);
        ReturnAll(gop);
    }

    [Fact]
    public void No_more_than_the_limit_is_kept()
    {
        var pool = new PacketPool(maxIdleBytes: 1 << 20);
        ReturnAll([.. Enumerable.Range(0, 40).Select(_ => Rent(pool, 60_000))]);
        Assert.InRange(pool.IdleBytes, 900_000, 1 << 20);
        Assert.Equal(0, pool.Rented);
        ReturnAll([Rent(pool, 5_000_000)]);
        Assert.InRange(pool.IdleBytes, 900_000, 1 << 20);
    }

    [Fact]
    public void A_message_over_the_largest_class_is_given_and_not_kept()
    {
        var pool = new PacketPool();
        ReturnAll([Rent(pool, PacketPool.LargestPooledBytes + 1)]);
        Assert.Equal(0, pool.IdleBytes);
    }

    [Fact]
    public void Releasing_twice_is_an_error_and_does_not_put_the_packet_into_the_pool_twice()
    {
        var pool = new PacketPool();
        var packet = Rent(pool, 100);
        packet.Release();
        Assert.Throws<ObjectDisposedException>(packet.Release);
        Assert.NotSame(Rent(pool, 100), Rent(pool, 100));
    }

    [Fact]
    public void A_released_packet_shows_nothing()
    {
        var packet = Rent(new PacketPool(), 100);
        packet.Release();
        Assert.Equal(0, packet.Payload.Length);
    }

    [Fact]
    public void Trimming_lets_go_of_what_stayed_idle_and_of_nothing_that_was_used()
    {
        var pool = new PacketPool();
        ReturnAll([.. Enumerable.Range(0, 64).Select(_ => Rent(pool, 1000))]);
        pool.Trim(); // from here on it counts
        var all = pool.IdleBytes;
        ReturnAll([.. Enumerable.Range(0, 48).Select(_ => Rent(pool, 1000))]);
        pool.Trim();
        Assert.Equal(all - (8 * (all / 64)), pool.IdleBytes); // 16 of 64 were never used
        for (var call = 0; call < 20; call++)
            pool.Trim();
        Assert.Equal(0, pool.IdleBytes);
    }

    // Each thread marks the packets it holds with its own number: two holders of one buffer would see each other's.
    [Property(MaxTest = 10)]
    public Property Many_threads_never_hold_the_same_bytes() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<ushort>().Select(length => (int)length).ArrayOf(32).ToArbitrary(),
        lengths =>
        {
            var pool = new PacketPool(maxIdleBytes: 200_000);
            var isSound = true;
            Parallel.For(1, 5, number =>
            {
                var held = new Queue<MediaPacket>();
                for (var turn = 0; turn < 500; turn++)
                {
                    var packet = Rent(pool, lengths[((turn * number) + turn) % lengths.Length]);
                    packet.Writable.Fill((byte)number);
                    held.Enqueue(packet);
                    if (held.Count < 20)
                        continue;
                    var oldest = held.Dequeue();
                    if (oldest.Payload.Span.ContainsAnyExcept((byte)number))
                        Volatile.Write(ref isSound, false);
                    oldest.Release();
                }

                ReturnAll(held);
            });
            return isSound && pool.Rented == 0 && pool.IdleBytes is >= 0 and <= 200_000;
        });

    private static MediaPacket Rent(PacketPool pool, int length) => pool.Rent(MediaKind.Video, MediaTime.Zero, length);

    private static void ReturnAll(IEnumerable<MediaPacket> packets)
    {
        foreach (var packet in packets)
            packet.Release();
    }
}
