using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Matroska;
using IntegrityGate.Media.Tests.Rtmp;

namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>What ffmpeg pipes from an encoder, whole, in portions and damaged.</summary>
public sealed class MatroskaReaderTests
{
    private static List<(long Pts, bool IsKey, bool IsHeader, byte[] Bytes)> Read(byte[] stream, Random portions, out string? error)
    {
        var reader = new MatroskaReader(MediaCodec.Hevc);
        var found = new List<(long, bool, bool, byte[])>();
        byte[] pending = [];
        for (var at = 0; at < stream.Length && reader.Error is null;)
        {
            var take = Math.Min(stream.Length - at, portions.Next(1, 400));
            pending = [.. pending, .. stream.AsSpan(at, take)];
            at += take;
            var buffer = new ReadOnlySequence<byte>(pending);
            while (reader.TryRead(ref buffer, out var packet))
            {
                found.Add((packet!.Pts.Milliseconds, packet.IsKeyFrame, packet.IsSequenceHeader, packet.Payload.ToArray()));
                packet.Release();
            }

            pending = buffer.ToArray();
        }

        error = reader.Error;
        return found;
    }

    [Theory]
    [InlineData("hevc")]
    [InlineData("av1")]
    public void Three_pictures_come_out_with_their_configuration_and_times_however_the_bytes_are_portioned(string stream)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var found = Read(Corpus.Of("mkv", stream)[0], new Random(seed), out var error);
            Assert.Null(error);
            Assert.Equal([(0, false, true), (0, true, false), (40, false, false), (80, false, false)], found.Select(one => (one.Pts, one.IsKey, one.IsHeader)));
            Assert.Equal(stream == "hevc" ? 1 : 0x81, found[0].Bytes[0]);
        }
    }

    [Fact]
    public void What_the_writer_writes_is_read_again()
    {
        var output = new ArrayBufferWriter<byte>();
        MatroskaWriter.WriteStart(output, "V_AV1", [1, 2, 3], null, (30, 1));
        long[] times = [0, 40, 70_000, 3_600_000L * 24 * 40, 80];
        foreach (var time in times)
            MatroskaWriter.WriteBlock(output, time, time == 0, new byte[(int)(time % 1000)]);
        var found = Read(output.WrittenSpan.ToArray(), new Random(1), out var error);
        Assert.Null(error);
        Assert.Equal(times, found.Skip(1).Select(one => one.Pts));
        Assert.Equal([1, 2, 3], found[0].Bytes);
        Assert.True(found[1].IsKey && !found[2].IsKey);
    }

    [Fact]
    public void Damaged_output_gives_a_result_and_no_exception()
    {
        var before = PacketPool.Shared.Rented;
        new Mutator(41, [.. Corpus.Of("mkv").Select(bytes => bytes[..1400])]).MustStand(200_000, static input =>
        {
            var reader = new MatroskaReader(MediaCodec.Hevc);
            var buffer = new ReadOnlySequence<byte>(input);
            while (reader.TryRead(ref buffer, out var packet))
                packet!.Release();
        });
        Assert.Equal(before, PacketPool.Shared.Rented);
    }

    [Fact]
    public void The_fuzzer_finds_a_defect_that_was_put_there()
    {
        // As a careless reader would: trust the size of the first element.
        var found = new Mutator(41, Corpus.Of("mkv")).Run(10_000, static input => _ = input.AsSpan(5, input[4] & 0x7F).ToArray());
        Assert.NotNull(found);
    }
}
