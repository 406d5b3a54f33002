using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Streams;

namespace IntegrityGate.Tests.Streams;

public sealed class ContinuationTests : IDisposable
{
    private readonly PacketPool _pool = new();
    private readonly Continuation _continuation = new();
    private readonly List<MediaPacket> _out = [];

    public void Dispose() => _continuation.Dispose();

    [Fact]
    public void The_first_turn_keeps_its_own_times()
    {
        Send(Header(7000), Video(7000, key: true), Audio(7010), Video(7040), Video(7080));
        Assert.Equal([7000, 7000, 7010, 7040, 7080], Times());
    }

    [Fact]
    public void The_next_turn_goes_on_one_frame_later_whatever_its_clock_says()
    {
        Send(Video(0, key: true), Video(40), Video(80));
        _continuation.Pause();
        Send(Video(5_000_000_000, key: true), Video(5_000_000_040));
        Assert.Equal([0, 40, 80, 120, 160], Times());
    }

    [Fact]
    public void It_starts_at_a_key_frame_and_sound_does_not_wait_for_it()
    {
        Send(Header(0), Video(0, key: true), Audio(0), Video(40), Audio(23));
        _continuation.Pause();
        Send(Video(0), Audio(0), Video(40), Video(80, key: true), Video(120));
        Assert.Equal([0, 0, 0, 40, 23, 80, 160, 200], Times());
    }

    [Fact]
    public void A_configuration_that_is_the_old_one_is_not_sent_again()
    {
        Send(Header(0, 1), Video(0, key: true));
        _continuation.Pause();
        Send(Header(0, 1), Video(0, key: true));
        Assert.Equal(3, _out.Count);
        _continuation.Pause();
        Send(Header(0, 2), Video(0, key: true));
        Assert.Equal(5, _out.Count);
        Send(Header(40, 2)); // in the middle of a turn it is the publisher's business
        Assert.Equal(6, _out.Count);
    }

    [Fact]
    public void The_first_picture_is_shown_after_the_last_one_although_its_encoder_reorders_less()
    {
        Send(Video(0, key: true, offset: 80), Video(40, offset: 160), Video(80, offset: 80));
        _continuation.Pause();
        Send(Audio(0), Video(0, key: true));
        Assert.True(_out[^1].Pts >= new MediaTime(240));
    }

    [Fact]
    public void A_publisher_that_sent_nothing_but_headers_leaves_no_trace_in_the_next_ones_times()
    {
        Send(Script(0), Header(0));
        _continuation.Pause();
        Assert.Null(_continuation.Next);
        Send(Video(7000, key: true), Video(7040));
        Assert.Equal([0, 0, 7000, 7040], Times());
    }

    [Fact]
    public void A_clock_that_starts_anew_in_the_middle_of_a_later_turn_does_not_stop_the_stream()
    {
        Send(Video(0, key: true), Video(40));
        _continuation.Pause();
        Send(Video(1_000_000, key: true), Video(1_000_040), Video(5000), Video(5040), Audio(5010));
        Assert.Equal([0, 40, 80, 120, 160, 200, 170], Times());
    }

    [Fact]
    public void Colour_metadata_and_further_tracks_pass_and_are_no_key_frame()
    {
        Send(Header(0), Video(0, key: true), Video(40));
        _continuation.Pause();
        Send(Aside(9000), Video(9000), Video(9040, key: true));
        Assert.Equal([0, 0, 40, 80, 80], Times());
        Assert.True(_out[3].Traits.IsAside);
        Assert.True(_out[4].IsKeyFrame);
    }

    [Theory]
    [InlineData((1L << 24) - 60)] // where chunks begin to carry extended timestamps
    [InlineData((1L << 31) - 60)] // the sign bit of what is on the wire
    [InlineData((1L << 32) - 60)] // what is on the wire begins again at 0
    public void Time_goes_on_over_the_marks_of_the_wire(long start)
    {
        Send(Video(start, key: true), Video(start + 40));
        for (var turn = 0; turn < 3; turn++)
        {
            _continuation.Pause();
            Send(Video(0, key: true), Video(40));
        }

        Assert.Equal(Enumerable.Range(0, 8).Select(i => start + (40 * i)), Times());
    }

    [Property(MaxTest = 500)]
    public void Each_kind_of_a_later_turn_goes_forward_whatever_clocks_do_within_it(NonEmptyArray<NonEmptyArray<(bool IsAudio, int Step, PositiveInt Exponent)>> turns)
    {
        using var continuation = new Continuation();
        long video = long.MinValue, audio = long.MinValue;
        foreach (var turn in turns.Get)
        {
            var clock = 0L;
            var floor = Math.Max(video, audio);
            foreach (var (isAudio, step, exponent) in turn.Get)
            {
                // Mostly steps of a stream, now and then a leap by up to 2^40 ms either way.
                clock += exponent.Get % 8 == 0 ? (long)step << (exponent.Get % 40) : Math.Abs(step % 50) + 1;
                var packet = isAudio ? Audio(clock) : Video(clock, key: true);
                Assert.True(continuation.TryPass(packet));
                Assert.True(packet.Dts.Milliseconds > floor, $"{packet.Dts} is not behind the turn before, {floor}");
                ref var last = ref isAudio ? ref audio : ref video;
                last = Math.Max(last, packet.Dts.Milliseconds);
                packet.Release();
            }

            continuation.Pause();
        }
    }

    [Property(MaxTest = 300)]
    public void Time_never_goes_back_over_any_row_of_turns(NonEmptyArray<(long Start, PositiveInt Frames, bool StartsWithAudio)> turns)
    {
        using var continuation = new Continuation();
        var last = long.MinValue;
        var isFirst = true;
        foreach (var (start, frames, startsWithAudio) in turns.Get)
        {
            var steps = new List<(long Before, long After)>();
            for (var i = 0; i < Math.Min(frames.Get, 20); i++)
            {
                var at = (start % (1L << 33)) + (i * 40);
                var packet = startsWithAudio == (i % 2 == 0) ? Audio(at) : Video(at, key: i < 2);
                if (!continuation.TryPass(packet))
                    continue;
                steps.Add((at, packet.Dts.Milliseconds));
                packet.Release();
            }

            Assert.True(isFirst || steps.TrueForAll(s => s.After > last), $"{steps[0]} after {last}");
            Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.Second.Before - pair.First.Before, pair.Second.After - pair.First.After));
            last = steps[^1].After;
            isFirst = false;
            continuation.Pause();
        }
    }

    private void Send(params MediaPacket[] packets) => _out.AddRange(packets.Where(_continuation.TryPass));

    private IEnumerable<long> Times() => _out.Select(p => p.Dts.Milliseconds);

    private MediaPacket Header(long at, byte content = 1) => _pool.Copy(MediaKind.Video, new MediaTime(at), [0x17, 0, 0, 0, 0, content], new PacketTraits(MediaCodec.H264) { IsKeyFrame = true, IsSequenceHeader = true });

    private MediaPacket Video(long at, bool key = false, int offset = 0) =>
        _pool.Copy(MediaKind.Video, new MediaTime(at), [0x27], new PacketTraits(MediaCodec.H264) { IsKeyFrame = key, CompositionOffsetMs = offset });

    private MediaPacket Script(long at) => _pool.Copy(MediaKind.Data, new MediaTime(at), [2], new PacketTraits(MediaCodec.Script));

    private MediaPacket Aside(long at) => _pool.Copy(MediaKind.Video, new MediaTime(at), [0x94], new PacketTraits(MediaCodec.Hevc, IsAside: true));

    private MediaPacket Audio(long at) => _pool.Copy(MediaKind.Audio, new MediaTime(at), [0xAF], new PacketTraits(MediaCodec.Aac));
}
