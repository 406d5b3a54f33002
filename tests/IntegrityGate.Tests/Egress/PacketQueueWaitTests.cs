using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Egress;
using IntegrityGate.Media.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Tests.Egress;

public sealed class PacketQueueWaitTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly PacketPool _pool = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reader_gets_every_packet_in_order_and_then_the_end(bool onALoop)
    {
        Assert.SkipUnless(EventLoop.IsSupported || !onALoop, "event loops are made of Linux' epoll");
        using var loop = onALoop ? new EventLoop("test", TimeSpan.Zero, NullLogger.Instance) : null;
        var queue = new PacketQueue(budgetBytes: long.MaxValue / 4);
        EventLoop.Home = loop;
        var reading = Task.Run(() => ReadAllAsync(queue, CancellationToken.None), TestContext.Current.CancellationToken);
        const int Packets = 6000; // under what the queue holds, so that none is dropped
        for (var number = 0; number < Packets; number++)
        {
            var packet = _pool.Rent(MediaKind.Video, new MediaTime(number), 1 + (number % 300));
            Assert.Equal(PacketFate.Queued, queue.Offer(packet));
            packet.Release();
            if (number % 50 == 0)
                await Task.Yield();
        }

        queue.Complete();
        Assert.Equal(Enumerable.Range(0, Packets).Select(n => (long)n), await reading.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        Assert.Equal(0, queue.Bytes);
        Assert.Equal(0, _pool.Rented);
    }

    [Fact]
    public async Task A_wait_that_is_canceled_takes_no_packet_and_the_next_one_gets_it()
    {
        var queue = new PacketQueue(budgetBytes: 1000);
        using var stop = new CancellationTokenSource();
        var waiting = queue.ReadAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        var packet = _pool.Rent(MediaKind.Audio, new MediaTime(5), 10);
        queue.Offer(packet);
        packet.Release();
        var read = await queue.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, read!.Dts.Milliseconds);
        read.Release();
    }

    [Fact]
    public async Task Waiting_and_waking_allocates_nothing_of_the_queues_own()
    {
        var queue = new PacketQueue(budgetBytes: 1000);
        var packet = _pool.Rent(MediaKind.Audio, new MediaTime(5), 10);
        var least = long.MaxValue;
        for (var turn = 0; turn < 50; turn++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var waiting = queue.ReadAsync(CancellationToken.None);
            queue.Offer(packet);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            (await waiting)!.Release();
        }

        packet.Release();
        Assert.Equal(0, least);
    }

    private static async Task<List<long>> ReadAllAsync(PacketQueue queue, CancellationToken cancellationToken)
    {
        var read = new List<long>();
        while (await queue.ReadAsync(cancellationToken) is { } packet)
        {
            read.Add(packet.Dts.Milliseconds);
            packet.Release();
        }

        return read;
    }
}
