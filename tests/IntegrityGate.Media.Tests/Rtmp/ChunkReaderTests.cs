using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Header forms, time rules, control and limits of the chunk reader; the disputed ones row by row.</summary>
public sealed class ChunkReaderTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(319)]
    [InlineData(320)]
    [InlineData(65599)]
    public void Every_size_of_chunk_stream_id_is_read(int id)
    {
        byte[] bytes = [.. Wire.Full(id, 40, 3, MessageType.Audio, 1, 1, 2, 3), .. Wire.Delta(id, 20, 1, MessageType.Video, 9), .. Wire.TimeOnly(id, 5, 8), .. Wire.Repeat(id, null, 7)];
        Assert.Equal(
            [new(MessageType.Audio, 1, 40, [1, 2, 3]), new(MessageType.Video, 1, 60, [9]), new(MessageType.Video, 1, 65, [8]), new(MessageType.Video, 1, 70, [7])],
            ReadBack.All(bytes));
    }

    [Fact]
    public void Golden_bytes_of_a_full_header()
    {
        // RTMP 1.0, 5.3.1.2.1: id 6, time 0x000A0B, length 2, type 9, stream 1 in little-endian.
        var message = Assert.Single(ReadBack.All(Wire.Hex("06 000A0B 000002 09 01000000 1701")));
        Assert.Equal(new ReadBack.Message(MessageType.Video, 1, 0x0A0B, [0x17, 1]), message);
    }

    [Fact]
    public void A_message_is_put_together_from_interleaved_chunks()
    {
        var body = Enumerable.Range(0, 300).Select(i => (byte)i).ToArray();
        byte[] bytes =
        [
            .. Wire.Full(6, 10, 300, MessageType.Video, 1, body[..128]),
            .. Wire.Full(4, 10, 1, MessageType.Audio, 1, 0xAF),
            .. Wire.Repeat(6, null, body[128..256]),
            .. Wire.Delta(4, 23, 1, MessageType.Audio, 0xAE),
            .. Wire.Repeat(6, null, body[256..]),
        ];
        Assert.Equal(
            [new(MessageType.Audio, 1, 10, [0xAF]), new(MessageType.Audio, 1, 33, [0xAE]), new(MessageType.Video, 1, 10, body)], ReadBack.All(bytes));
    }

    [Theory]
    [InlineData(0u, 0)] // both readings agree
    [InlineData(23u, 46)] // one audio frame old: RTMP 1.0 and FFmpeg add the time again
    [InlineData(40u, 80)]
    [InlineData(100_000u, 100_000)] // librtmp and nginx-rtmp mean a delta of zero; nobody's frame lasts 100 s
    public void Type_3_that_starts_a_message_behind_type_0_is_read_as_is_plausible(uint first, long second)
    {
        byte[] bytes = [.. Wire.Full(4, first, 1, MessageType.Audio, 1, 1), .. Wire.Repeat(4, null, 2)];
        Assert.Equal([first, second], ReadBack.All(bytes).Select(message => message.Dts));
    }

    [Fact]
    public void Type_3_behind_a_delta_adds_the_delta_again_and_again()
    {
        byte[] bytes = [.. Wire.Full(4, 1000, 1, MessageType.Audio, 1, 1), .. Wire.Delta(4, 21, 1, MessageType.Audio, 2), .. Wire.Repeat(4, null, 3), .. Wire.Repeat(4, null, 4)];
        Assert.Equal([1000, 1021, 1042, 1063], ReadBack.All(bytes).Select(message => message.Dts));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // OBS until January 2024 and librtmp leave it out
    public void An_extended_time_on_type_3_is_taken_when_there_and_not_missed_when_not(bool isThere)
    {
        const uint time = 0x1234567;
        var body = Enumerable.Range(1, 300).Select(i => (byte)i).ToArray();
        uint? repeated = isThere ? time : null;
        byte[] bytes = [.. Wire.Full(6, time, 300, MessageType.Video, 1, body[..128]), .. Wire.Repeat(6, repeated, body[128..256]), .. Wire.Repeat(6, repeated, body[256..])];
        using var reader = ReadBack.New();
        Assert.Equal(new ReadBack.Message(MessageType.Video, 1, time, body), Assert.Single(ReadBack.All(bytes, reader, _ => 7)));
        Assert.Equal(isThere ? 0 : 2, reader.MissingExtendedTimes);
    }

    [Theory]
    [InlineData(0x1000000u, 0x1000028u, 0x1000028)] // absolute, as some senders write it
    [InlineData(0x7000000u, 0x1000000u, 0x8000000)] // a delta, as the specification has it: the absolute reading would go back a day
    public void An_extended_time_on_type_1_is_a_delta_or_an_absolute_time_whichever_is_nearer(uint first, uint field, long second)
    {
        byte[] bytes = [.. Wire.Full(6, first, 1, MessageType.Video, 1, 1), .. Wire.Delta(6, field, 1, MessageType.Video, 2)];
        Assert.Equal([first, second], ReadBack.All(bytes).Select(message => message.Dts));
    }

    [Theory]
    [InlineData(0xFFFFFEu)]
    [InlineData(0x7FFFFFFEu)]
    [InlineData(0xFFFFFFFEu)]
    public void Time_goes_on_past_24_31_and_32_bits(uint before)
    {
        using var reader = ReadBack.New();
        var bytes = new List<byte>();
        var expected = new List<long>();
        long start = before - 2000u;

        // A stream that runs, so that the clock knows where it is: first step by step up to the border, then over it.
        for (long time = 0; time < start; time += 1_000_000_000)
        {
            bytes.AddRange(Wire.Full(6, (uint)time, 1, MessageType.Video, 1, 1));
            expected.Add(time);
        }

        for (var time = start; time < start + 4000; time += 40)
        {
            bytes.AddRange(Wire.Full(6, (uint)time, 1, MessageType.Video, 1, 1));
            bytes.AddRange(Wire.Full(4, (uint)(time - 7), 1, MessageType.Audio, 1, 1));
            expected.AddRange([time, time - 7]);
        }

        Assert.Equal(expected, ReadBack.All([.. bytes], reader).Select(message => message.Dts));
    }

    [Fact]
    public void Jumps_are_kept_as_they_come()
    {
        byte[] bytes = [.. Wire.Full(6, 5000, 1, MessageType.Video, 1, 1), .. Wire.Full(6, 65_000, 1, MessageType.Video, 1, 1), .. Wire.Full(6, 100, 1, MessageType.Video, 1, 1)];
        Assert.Equal([5000, 65_000, 100], ReadBack.All(bytes).Select(message => message.Dts));
    }

    [Fact]
    public void A_start_just_below_zero_is_negative_and_not_49_days_late()
    {
        byte[] bytes = [.. Wire.Full(4, unchecked((uint)-23), 1, MessageType.Audio, 1, 1), .. Wire.Full(6, 0, 1, MessageType.Video, 1, 1)];
        Assert.Equal([-23, 0], ReadBack.All(bytes).Select(message => message.Dts));
    }

    [Fact]
    public void Metadata_stamped_zero_late_in_a_stream_does_not_move_the_clock()
    {
        byte[] bytes =
        [
            .. Wire.Full(6, 0x7FFFFFF0, 1, MessageType.Video, 1, 1), .. Wire.Full(6, 0x80000010, 1, MessageType.Video, 1, 1),
            .. Wire.Full(5, 0, 1, MessageType.DataAmf0, 1, 5), .. Wire.Full(6, 0x80000030, 1, MessageType.Video, 1, 1),
        ];
        Assert.Equal([0x7FFFFFF0, 0x80000010, 0, 0x80000030], ReadBack.All(bytes).Select(message => message.Dts));
    }

    [Fact]
    public void A_chunk_stream_may_begin_with_type_1()
    {
        // librtmp sends its ping so.
        Assert.Equal(new ReadBack.Message(MessageType.Audio, 0, 50, [1]), Assert.Single(ReadBack.All(Wire.Delta(4, 50, 1, MessageType.Audio, 1))));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_chunk_stream_may_not_begin_with_a_repeated_header(int format)
    {
        using var reader = ReadBack.New();
        var sequence = new ReadOnlySequence<byte>([.. Wire.Basic(format, 9), 0, 0, 0, 0]);
        Assert.Equal(ChunkReadStatus.Malformed, reader.Read(ref sequence, out _));
        Assert.Contains("never came", reader.Error, StringComparison.Ordinal);
        Assert.Null(reader.BreachedLimit);
    }

    [Fact]
    public void A_new_message_on_a_chunk_stream_gives_up_the_one_under_way()
    {
        var pool = new PacketPool();
        using var reader = ReadBack.New(pool: pool);
        byte[] bytes = [.. Wire.Full(6, 0, 300, MessageType.Video, 1, new byte[128]), .. Wire.Full(6, 40, 1, MessageType.Video, 1, 7)];
        Assert.Equal(new ReadBack.Message(MessageType.Video, 1, 40, [7]), Assert.Single(ReadBack.All(bytes, reader)));
        Assert.Equal(1, reader.Abandoned);
        Assert.Equal(0, reader.PartialBytes);
        Assert.Equal(0, pool.Rented);
    }

    [Fact]
    public void Abort_gives_a_message_up()
    {
        var pool = new PacketPool();
        using var reader = ReadBack.New(pool: pool);
        byte[] bytes =
        [
            .. Wire.Full(6, 0, 300, MessageType.Video, 1, new byte[128]), .. Wire.Full(2, 0, 4, MessageType.Abort, 0, 0, 0, 0, 6),
            .. Wire.Repeat(6, null, new byte[128]), .. Wire.Repeat(6, null, new byte[128]), .. Wire.Repeat(6, null, new byte[44]),
        ];
        Assert.Equal(300, Assert.Single(ReadBack.All(bytes, reader)).Body.Length); // the message after the abort is a new one
        Assert.Equal(0, pool.Rented);
    }

    [Fact]
    public void Set_chunk_size_holds_from_the_next_chunk_on()
    {
        var body = new byte[1000];
        byte[] bytes = [.. Wire.Full(2, 0, 4, MessageType.SetChunkSize, 0, 0, 0, 0x10, 0), .. Wire.Full(6, 0, 1000, MessageType.Video, 1, body)];
        using var reader = ReadBack.New();
        Assert.Equal(1000, Assert.Single(ReadBack.All(bytes, reader)).Body.Length);
        Assert.Equal(4096, reader.ChunkSize);
    }

    [Fact]
    public void An_aggregate_comes_apart_with_its_times_moved()
    {
        byte[] whole = [.. Wire.Tag(MessageType.Audio, 1000, 0xAF, 1), .. Wire.Tag(MessageType.Video, 1020, 0x27), .. Wire.Tag(MessageType.DataAmf0, 1040, 2)];
        byte[] bytes = [.. Wire.Full(7, 50_000, whole.Length, MessageType.Aggregate, 1, whole), .. Wire.Full(4, 50_060, 1, MessageType.Audio, 1, 0xAF)];
        var pool = new PacketPool();
        using var reader = ReadBack.New(pool: pool);
        Assert.Equal(
            [
                new(MessageType.Audio, 1, 50_000, [0xAF, 1]), new(MessageType.Video, 1, 50_020, [0x27]), new(MessageType.DataAmf0, 1, 50_040, [2]),
                new(MessageType.Audio, 1, 50_060, [0xAF]),
            ],
            ReadBack.All(bytes, reader));
        Assert.Equal(0, pool.Rented);
    }

    [Theory]
    [InlineData(99)]
    [InlineData((byte)MessageType.SharedObjectAmf0)]
    [InlineData((byte)MessageType.SharedObjectAmf3)]
    [InlineData(0)]
    public void Unknown_types_are_passed_over_whole(byte type)
    {
        byte[] bytes =
        [
            .. Wire.Full(8, 0, 300, (MessageType)type, 1, new byte[128]), .. Wire.Repeat(8, null, new byte[128]), .. Wire.Repeat(8, null, new byte[44]),
            .. Wire.Full(4, 0, 1, MessageType.Audio, 1, 1),
        ];
        var pool = new PacketPool();
        using var reader = ReadBack.New(pool: pool);
        Assert.Equal([(MessageType)type, MessageType.Audio], ReadBack.All(bytes, reader).Select(message => message.Type));
        Assert.Equal(0, reader.PartialBytes);
    }

    [Fact]
    public void Before_a_publisher_is_accepted_media_is_passed_over_and_holds_no_memory()
    {
        var pool = new PacketPool();
        using var reader = ReadBack.New(pool: pool);
        reader.AcceptMedia = false;
        var sequence = new ReadOnlySequence<byte>(Wire.Full(6, 0, 0xFFFFFF, MessageType.Video, 1, new byte[128]));
        Assert.Equal(ChunkReadStatus.NeedMore, reader.Read(ref sequence, out _));
        Assert.Equal(0, pool.Rented);
        Assert.Equal(0, reader.PartialBytes);
    }

    public static TheoryData<string, byte[]> Breaches => new()
    {
        { nameof(IngestLimits.MaxMessageBytes), Wire.Full(6, 0, 2001, MessageType.Video, 1) },
        { nameof(IngestLimits.MaxCommandBytes), Wire.Full(3, 0, 1501, MessageType.CommandAmf0, 0) },
        {
            nameof(IngestLimits.MaxPartialBytesPerConnection),
            [.. Wire.Full(6, 0, 2000, MessageType.Video, 1, new byte[128]), .. Wire.Full(4, 0, 2000, MessageType.Audio, 1, new byte[128]), .. Wire.Full(5, 0, 2000, MessageType.DataAmf0, 1, new byte[128])]
        },
        {
            nameof(IngestLimits.MaxChunkStreams),
            [.. Enumerable.Range(100, 5).SelectMany(id => Wire.Full(id, 0, 1, MessageType.Audio, 1, 1))]
        },
        { nameof(IngestLimits.MaxInboundChunkSize), Wire.Full(2, 0, 4, MessageType.SetChunkSize, 0, 0, 0, 0x20, 1) },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public void A_breach_names_its_limit(string limit, byte[] bytes)
    {
        var limits = new IngestLimits
        {
            MaxMessageBytes = 2000,
            MaxCommandBytes = 1500,
            MaxPartialBytesPerConnection = 5000,
            MaxChunkStreams = 4,
            MaxInboundChunkSize = 8192,
        };
        using var reader = ReadBack.New(limits);
        ReadBack.All(bytes, reader);
        Assert.NotNull(reader.Error);
        Assert.Equal(limit, reader.BreachedLimit);
    }

    [Fact]
    public void A_chunk_size_of_zero_ends_it()
    {
        using var reader = ReadBack.New();
        ReadBack.All(Wire.Full(2, 0, 4, MessageType.SetChunkSize, 0, 0, 0, 0, 0), reader);
        Assert.Contains("chunk size of zero", reader.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_message_is_a_message()
    {
        byte[] bytes = [.. Wire.Full(4, 5, 0, MessageType.Audio, 1), .. Wire.Delta(4, 5, 1, MessageType.Audio, 1)];
        Assert.Equal([0, 1], ReadBack.All(bytes).Select(message => message.Body.Length));
    }
}
