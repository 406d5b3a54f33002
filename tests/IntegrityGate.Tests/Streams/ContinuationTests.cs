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

    private MediaPacket Audio(long at) => _pool.Copy(MediaKind.Audio, new MediaTime(at), [0xAF], new PacketTraits(MediaCodec.Aac));
}
