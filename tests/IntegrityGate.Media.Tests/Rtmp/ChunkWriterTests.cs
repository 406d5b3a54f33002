using System.Buffers;
using FsCheck.Xunit;
using IntegrityGate.Media.Rtmp.Chunks;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>What our writer puts on the wire, byte for byte, and that any reader's portions give it back.</summary>
public sealed class ChunkWriterTests
{
    [Fact]
    public void The_first_message_has_a_full_header_and_the_next_a_delta()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ChunkWriter(4096);
        writer.Write(output, 6, MessageType.Video, 1, 1000, [0x17, 1]);
        writer.Write(output, 6, MessageType.Video, 1, 1040, [0x27]);
        Assert.Equal(Wire.Hex("06 0003E8 000002 09 01000000 1701  46 000028 000001 09 27"), output.WrittenSpan.ToArray());
    }

    [Fact]
    public void Time_that_goes_back_starts_with_a_full_header()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ChunkWriter(4096);
        writer.Write(output, 6, MessageType.Video, 1, 1000, [1]);
        writer.Write(output, 6, MessageType.Video, 1, 999, [2]);
        Assert.Equal(Wire.Hex("06 0003E8 000001 09 01000000 01  06 0003E7 000001 09 01000000 02"), output.WrittenSpan.ToArray());
    }

    [Fact]
    public void An_extended_time_is_repeated_in_each_chunk_of_its_message()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ChunkWriter(2);
        writer.Write(output, 6, MessageType.Video, 1, 0x01020304, [1, 2, 3, 4, 5]);
        Assert.Equal(Wire.Hex("06 FFFFFF 000005 09 01000000 01020304 0102  C6 01020304 0304  C6 01020304 05"), output.WrittenSpan.ToArray());
    }

    [Fact]
    public void A_message_behind_an_extended_time_needs_none()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ChunkWriter(2);
        writer.Write(output, 6, MessageType.Video, 1, 0x01020304, [1]);
        writer.Write(output, 6, MessageType.Video, 1, 0x01020314, [1, 2, 3]);
        Assert.Equal(Wire.Hex("06 FFFFFF 000001 09 01000000 01020304 01  46 000010 000003 09 0102 C6 03"), output.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(0xFFFFFEL, "FFFFFE", "")]
    [InlineData(0xFFFFFFL, "FFFFFF", "00FFFFFF")]
    [InlineData(0xFFFFFFFFL, "FFFFFF", "FFFFFFFF")]
    [InlineData(0x1_0000_0001L, "000001", "")] // the wire has 32 bits
    [InlineData(-1L, "FFFFFF", "FFFFFFFF")]
    public void Times_at_the_borders(long time, string field, string extension)
    {
        var output = new ArrayBufferWriter<byte>();
        new ChunkWriter().Write(output, 4, MessageType.Audio, 1, time, [7]);
        Assert.Equal(Wire.Hex($"04 {field} 000001 08 01000000 {extension} 07"), output.WrittenSpan.ToArray());
    }

    [Fact]
    public void A_prefix_is_part_of_the_body()
    {
        var output = new ArrayBufferWriter<byte>();
        new ChunkWriter(3).Write(output, 5, MessageType.DataAmf0, 1, 0, [3, 4, 5, 6], [1, 2]);
        Assert.Equal(Wire.Hex("05 000000 000006 12 01000000 010203 C5 040506"), output.WrittenSpan.ToArray());
    }

    [Property(MaxTest = 300)]
    public bool Whatever_is_written_is_read_back_in_any_portions(int seed)
    {
        var random = new Random(seed);
        var chunkSize = random.Next(1, 300);
        var output = new ArrayBufferWriter<byte>();
        var writer = new ChunkWriter();
        writer.Write(output, 2, MessageType.SetChunkSize, 0, 0, Wire.BigEndian((uint)chunkSize));
        writer.ChunkSize = chunkSize;
        var expected = new List<ReadBack.Message>();
        var time = random.NextInt64(0, random.Next(3) switch { 0 => 1000, 1 => 0xFFFFFF, _ => int.MaxValue });
        for (var i = 0; i < 30; i++)
        {
            var type = random.Next(3) switch { 0 => MessageType.Audio, 1 => MessageType.Video, _ => MessageType.DataAmf0 };
            var body = new byte[random.Next(0, 700)];
            random.NextBytes(body);
            time = Math.Max(1, time + random.Next(-50, 100) + (random.Next(20) == 0 ? 0x1000000 : 0));
            writer.Write(output, type == MessageType.Audio ? 4 : 6, type, 1, time, body);
            expected.Add(new ReadBack.Message(type, 1, time, body));
        }

        return expected.SequenceEqual(ReadBack.All(output.WrittenSpan, portion: _ => random.Next(1, 97)));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>(4 << 20);
        var writer = new ChunkWriter(4096);
        var body = new byte[20_000];
        writer.Write(output, 6, MessageType.Video, 1, 0, body);
        Assert.Equal(0, LeastAllocated(() =>
        {
            output.ResetWrittenCount();
            for (var i = 0; i < 100; i++)
                writer.Write(output, 6, MessageType.Video, 1, i * 40, body);
        }));
    }

    [Fact]
    public void Reading_in_steady_state_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>(4 << 20);
        var writer = new ChunkWriter(4096);
        for (var i = 0; i < 350; i++)
            writer.Write(output, 6, MessageType.Video, 1, i * 40, new byte[5000]);
        using var reader = ReadBack.New();
        var sequence = new ReadOnlySequence<byte>([.. Wire.Full(2, 0, 4, MessageType.SetChunkSize, 0, 0, 0, 0x10, 0), .. output.WrittenSpan]);
        var read = 0;
        for (var i = 0; i < 50; i++)
            read += Read(reader, ref sequence);
        Assert.Equal(0, LeastAllocated(() =>
        {
            for (var i = 0; i < 100; i++)
                read += Read(reader, ref sequence);
        }));
        Assert.Equal(350, read);
    }

    // A collection on another thread books the rest of this thread's allocation window as used; it does not do so three times running.
    private static long LeastAllocated(Action work)
    {
        var least = long.MaxValue;
        for (var run = 0; run < 3; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static int Read(ChunkReader reader, ref ReadOnlySequence<byte> sequence)
    {
        if (reader.Read(ref sequence, out var message) != ChunkReadStatus.Ok)
            return 0;
        message.Body!.Release();
        return 1;
    }
}
