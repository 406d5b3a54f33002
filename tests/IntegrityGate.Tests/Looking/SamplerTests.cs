using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Looking;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Looking;

public sealed class SamplerTests
{
    private readonly PacketPool _pool = new();

    [Fact]
    public void A_GOP_as_long_as_the_interval_is_looked_at_by_its_key_frames_only() =>
        Assert.Equal([(0, 1), (2000, 1), (4000, 1)], Looks(gop: 2000, interval: 2000, until: 5000));

    [Fact]
    public void A_GOP_longer_than_the_interval_is_looked_at_between_key_frames_too() =>
        Assert.Equal([(0, 1), (2000, 51), (4000, 101), (6000, 151), (8000, 201), (10000, 1)], Looks(gop: 10000, interval: 2000, until: 10100));

    [Fact]
    public void Short_GOPs_are_not_looked_at_more_often_than_asked() =>
        Assert.Equal([(0, 1), (1000, 1), (2000, 1), (3000, 1)], Looks(gop: 500, interval: 1200, until: 3400));

    [Fact]
    public void A_key_frame_that_is_due_soon_is_waited_for() =>
        // Due at 2000, the next key frame comes at 2400: cheaper than a run of 50 frames.
        Assert.Equal([(0, 1), (2400, 1), (4800, 1)], Looks(gop: 1200, interval: 2000, until: 6000));

    [Fact]
    public void An_interval_of_several_GOPs_is_kept() =>
        Assert.Equal([(0, 1), (4000, 1), (8000, 1)], Looks(gop: 2000, interval: 4000, until: 10_000));

    [Fact]
    public void Nothing_is_looked_at_while_looking_is_bypassed()
    {
        var pace = new SamplePace(TimeSpan.FromSeconds(2)) { Paused = true };
        Assert.Empty(Looks(2000, pace, 5000));
    }

    [Fact]
    public void Nothing_but_the_header_is_held_while_looking_is_bypassed()
    {
        var pace = new SamplePace(TimeSpan.FromSeconds(2));
        using var sampler = new Sampler(new SampleMailbox(), pace, new FakeTimeProvider(), default);
        See(sampler, Header());
        pace.Paused = true;
        See(sampler, Frame(0, key: true, length: 900));
        See(sampler, Frame(40, key: false, length: 90));
        Assert.Equal(1, _pool.Rented);
    }

    [Fact]
    public void A_run_over_its_budget_is_given_up_and_everything_is_given_back()
    {
        var mailbox = new SampleMailbox();
        using (var sampler = new Sampler(mailbox, new SamplePace(TimeSpan.FromMilliseconds(100)), new FakeTimeProvider(), default, maxRunBytes: 1000))
        {
            See(sampler, Header());
            See(sampler, Frame(0, key: true, length: 900));
            for (var at = 40; at < 1000; at += 40)
                See(sampler, Frame(at, key: false, length: 90));
        }

        mailbox.Complete();
        Assert.Equal(0, _pool.Rented);
    }

    [Fact]
    public void What_stands_beside_the_pictures_is_no_part_of_a_run()
    {
        var mailbox = new SampleMailbox();
        using var sampler = new Sampler(mailbox, new SamplePace(TimeSpan.FromMilliseconds(100)), new FakeTimeProvider(), default);
        See(sampler, Header());
        See(sampler, Frame(0, key: true, length: 100));
        Assert.True(mailbox.TryTake(out var first));
        first.Dispose();
        See(sampler, _pool.Rent(MediaKind.Video, new MediaTime(200), 20, new PacketTraits(MediaCodec.Hevc, IsAside: true, Track: 1)));
        Assert.False(mailbox.TryTake(out _));
        See(sampler, Frame(240, key: false, length: 100));
        Assert.True(mailbox.TryTake(out var second));
        Assert.Equal([0, 240], second.Run.Select(packet => packet.Dts.Milliseconds));
        second.Dispose();
    }

    private List<(long At, int Frames)> Looks(int gop, int interval, int until) => Looks(gop, new SamplePace(TimeSpan.FromMilliseconds(interval)), until);

    private List<(long At, int Frames)> Looks(int gop, SamplePace pace, int until)
    {
        var mailbox = new SampleMailbox();
        using var sampler = new Sampler(mailbox, pace, new FakeTimeProvider(), default);
        var looks = new List<(long, int)>();
        See(sampler, Header());
        for (var at = 0; at < until; at += 40)
        {
            See(sampler, Frame(at, at % gop == 0, 100));
            if (mailbox.TryTake(out var sample))
            {
                looks.Add((sample.At.Milliseconds, sample.Run.Count));
                sample.Dispose();
            }
        }

        return looks;
    }

    private static void See(Sampler sampler, MediaPacket packet)
    {
        sampler.See(packet);
        packet.Release();
    }

    private MediaPacket Header() => _pool.Rent(MediaKind.Video, MediaTime.Zero, 40, new PacketTraits(MediaCodec.H264, true, IsSequenceHeader: true));

    private MediaPacket Frame(long dts, bool key, int length) => _pool.Rent(MediaKind.Video, new MediaTime(dts), length, new PacketTraits(MediaCodec.H264, key));
}
