using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Media.Tests;

public sealed class FlvRoundTripTests
{
    [Fact]
    public void Tags_written_are_read_back_byte_for_byte_in_any_portions()
    {
        var output = new ArrayBufferWriter<byte>();
        FlvWriter.WriteHeader(output);
        FlvWriter.WriteTag(output, MediaKind.Video, 0xFFFFFFF0, [0x17, 1, 0, 0, 40, 9]);
        FlvWriter.WriteTag(output, MediaKind.Audio, 0x1_0000_0010, [0xAF, 1, 7]);

        var reader = new FlvReader(new PacketPool());
        var read = new List<MediaPacket>();
        var pending = new List<byte>();
        foreach (var one in output.WrittenSpan)
        {
            pending.Add(one);
            var sequence = new ReadOnlySequence<byte>(pending.ToArray());
            while (reader.Read(ref sequence, out var packet) == FlvReadStatus.Ok)
                read.Add(packet!);
            pending = [.. sequence.ToArray()];
        }

        Assert.Equal(2, read.Count);
        Assert.Equal([0x17, 1, 0, 0, 40, 9], read[0].Payload.ToArray());
        Assert.True(read[0].IsKeyFrame);
        Assert.Equal(40, read[0].Traits.CompositionOffsetMs);
        Assert.Equal(new MediaTime(0x20), new MediaTime((read[1].Dts - read[0].Dts).Ticks / TimeSpan.TicksPerMillisecond));
    }

    [Fact]
    public void What_is_not_FLV_is_named()
    {
        var reader = new FlvReader(new PacketPool());
        var sequence = new ReadOnlySequence<byte>(new byte[32]);
        Assert.Equal(FlvReadStatus.Malformed, reader.Read(ref sequence, out _));
        Assert.Contains("signature", reader.Error, StringComparison.Ordinal);
    }
}
