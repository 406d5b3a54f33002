using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Egress;

namespace IntegrityGate.Tests.Egress;

public sealed class PacketQueueTests
{
    private readonly PacketPool _pool = new();

    [Fact]
    public void A_full_queue_drops_up_to_the_next_key_frame_that_fits_and_never_half_a_GOP()
    {
        var queue = new PacketQueue(budgetBytes: 250);
        Offer(queue, Video(0, 100, key: true));
        Offer(queue, Video(40, 100));
        Assert.Equal(PacketFate.Behind, Offer(queue, Video(80, 100)));
        Assert.Equal(PacketFate.BeforeKeyFrame, Offer(queue, Audio(81, 10))); // would fit, but the GOP is broken
        Drain(queue);
        Assert.Equal(PacketFate.BeforeKeyFrame, Offer(queue, Video(120, 100))); // fits, but cannot be decoded any more
        Offer(queue, Video(160, 100, key: true));
        Offer(queue, Audio(161, 10));
        Assert.Equal([160, 161], Drain(queue));
        Assert.Equal(3, queue.Dropped);
        Assert.Equal(0, _pool.Rented);
    }

    [Fact]
    public void Sequence_headers_pass_a_full_queue_but_a_flood_of_them_does_not()
    {
        var queue = new PacketQueue(budgetBytes: 100);
        Offer(queue, Video(0, 100, key: true));
        Offer(queue, Header(1, 50));
        Offer(queue, Header(2, 50));
        Offer(queue, Header(3, 50));
        Assert.Equal([0, 1, 2], Drain(queue));
    }

    [Fact]
    public void A_stream_without_video_goes_on_as_soon_as_there_is_room()
    {
        var queue = new PacketQueue(budgetBytes: 20);
        Offer(queue, Audio(0, 20));
        Offer(queue, Audio(23, 20));
        Assert.Equal([0], Drain(queue));
        Offer(queue, Audio(46, 20));
        Assert.Equal([46], Drain(queue));
    }

    [Fact]
    public async Task Complete_ends_the_reader_after_what_waits()
    {
        var queue = new PacketQueue(budgetBytes: 100);
        Offer(queue, Audio(0, 1));
        queue.Complete();
        (await queue.ReadAsync(TestContext.Current.CancellationToken))!.Release();
        Assert.Null(await queue.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Clear_gives_back_what_waits()
    {
        var queue = new PacketQueue(budgetBytes: 100);
        Offer(queue, Audio(0, 1));
        queue.Clear();
        Assert.Equal(0, _pool.Rented);
        Assert.Equal(0, queue.Bytes);
        Assert.Equal(PacketFate.Gone, Offer(queue, Audio(23, 1)));
        Assert.Equal(0, _pool.Rented);
    }

    private static PacketFate Offer(PacketQueue queue, MediaPacket packet)
    {
        var fate = queue.Offer(packet);
        packet.Release();
        return fate;
    }

    private static List<long> Drain(PacketQueue queue)
    {
        var times = new List<long>();
        while (queue.TryRead(out var packet))
        {
            times.Add(packet!.Dts.Milliseconds);
            packet.Release();
        }

        return times;
    }

    private MediaPacket Video(long dts, int length, bool key = false) => _pool.Rent(MediaKind.Video, new MediaTime(dts), length, new PacketTraits(MediaCodec.H264, key));

    private MediaPacket Header(long dts, int length) => _pool.Rent(MediaKind.Video, new MediaTime(dts), length, new PacketTraits(MediaCodec.H264, true, IsSequenceHeader: true));

    private MediaPacket Audio(long dts, int length) => _pool.Rent(MediaKind.Audio, new MediaTime(dts), length, new PacketTraits(MediaCodec.Aac));
}
