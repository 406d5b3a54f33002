using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Tests;

public sealed class MediaPacketTests
{
    [Fact]
    public void The_last_release_returns_the_packet_to_its_pool()
    {
        var pool = new PacketPool();
        var packet = pool.Copy(MediaKind.Video, new MediaTime(40), [1, 2, 3]);
        packet.Retain();
        packet.Release();
        Assert.Equal(1, pool.Rented);
        Assert.Equal([1, 2, 3], packet.Payload.ToArray());
        packet.Release();
        Assert.Equal(0, pool.Rented);
        Assert.Same(packet, pool.Rent(MediaKind.Audio, MediaTime.Zero, 1));
    }

    [Fact]
    public void One_release_too_many_is_an_error_and_not_somebody_elses_packet()
    {
        var packet = new PacketPool().Copy(MediaKind.Audio, MediaTime.Zero, [1]);
        packet.Release();
        Assert.Throws<ObjectDisposedException>(packet.Release);
    }

    [Fact]
    public void Retaining_after_the_last_release_is_an_error()
    {
        var packet = new PacketPool().Copy(MediaKind.Audio, MediaTime.Zero, [1]);
        packet.Release();
        Assert.Throws<ObjectDisposedException>(() => packet.Retain());
    }

    [Fact]
    public void Presentation_time_is_decoding_time_plus_the_composition_offset()
    {
        var packet = new PacketPool().Rent(MediaKind.Video, new MediaTime(100), 0, new PacketTraits(MediaCodec.H264, CompositionOffsetMs: 66));
        Assert.Equal(new MediaTime(166), packet.Pts);
    }
}
