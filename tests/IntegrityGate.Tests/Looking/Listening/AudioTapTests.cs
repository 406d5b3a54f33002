using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Looking.Listening;
using IntegrityGate.Looking.Scheduling;

namespace IntegrityGate.Tests.Looking.Listening;

public sealed class AudioTapTests
{
    private readonly PacketPool _pool = new();
    private readonly AudioMailbox _mailbox = new();
    private bool _isPaused;

    [Fact]
    public void The_first_window_begins_with_the_stream_and_the_next_an_interval_later()
    {
        using var tap = Tap(interval: 20, window: 5);
        Assert.Equal([(0, 5000, true), (20_000, 25_000, false), (40_000, 45_000, false)], Windows(tap, until: 60_000));
    }

    [Fact]
    public void Where_the_interval_is_no_longer_than_a_window_all_is_heard_and_windows_overlap()
    {
        using var tap = Tap(interval: 10, window: 10);
        Assert.Equal([(0, 10_000, true), (6000, 16_000, false), (12_000, 22_000, false)], Windows(tap, until: 23_000));
    }

    [Fact]
    public void The_moment_is_drawn_by_chance_within_its_share_of_the_interval()
    {
        using var tap = Tap(interval: 20, window: 5, jitter: 0.5);
        var begins = Windows(tap, until: 400_000).Select(window => window.From).ToList();
        var steps = begins.Zip(begins.Skip(1), (one, next) => next - one).ToList();
        Assert.All(steps, step => Assert.InRange(step, 14_900, 25_100));
        Assert.True(steps.Distinct().Count() > 5);
        Assert.InRange(steps.Average(), 17_500, 22_500);
    }

    [Fact]
    public void Overload_stretches_the_interval()
    {
        using var tap = Tap(interval: 10, window: 10, planned: interval => interval * 3);
        Assert.Equal([(0, 10_000, true), (30_000, 40_000, false)], Windows(tap, until: 55_000));
    }

    [Fact]
    public void Between_windows_and_after_the_end_nothing_but_the_header_is_held()
    {
        var tap = Tap(interval: 20, window: 5);
        Windows(tap, until: 15_000);
        Assert.Equal(1, _pool.Rented);
        See(tap, Header());
        tap.Dispose();
        _mailbox.Complete();
        Assert.Equal(0, _pool.Rented);
    }

    [Fact]
    public void Nothing_is_held_while_looking_is_bypassed_and_listening_begins_again_after()
    {
        using var tap = Tap(interval: 20, window: 5);
        See(tap, Header());
        _isPaused = true;
        for (var at = 0; at < 10_000; at += 20)
            See(tap, Packet(at));
        Assert.Equal(1, _pool.Rented);
        _isPaused = false;
        for (var at = 10_000; at <= 15_000; at += 20)
            See(tap, Packet(at));
        Assert.Equal((10_000, 15_000, false), Take());
    }

    [Fact]
    public void A_new_header_a_hole_and_a_clock_that_begins_anew_begin_a_new_window()
    {
        using var tap = Tap(interval: 20, window: 5);
        See(tap, Header());
        for (var at = 0; at < 3000; at += 20)
            See(tap, Packet(at));
        See(tap, Header());
        for (var at = 3000; at < 6000; at += 20)
            See(tap, Packet(at));
        for (var at = 9000; at < 11_000; at += 20)
            See(tap, Packet(at)); // after a hole
        for (var at = 0; at <= 5000; at += 20)
            See(tap, Packet(at)); // from the beginning
        Assert.Equal((0, 5000, false), Take());
        Assert.False(_mailbox.TryTake(out _));
    }

    [Fact]
    public void A_window_over_its_budget_is_given_up()
    {
        using var tap = Tap(interval: 20, window: 60);
        See(tap, Header());
        for (var at = 0; at < 61_000; at += 20)
            See(tap, Packet(at, length: 2000));
        Assert.False(_mailbox.TryTake(out _));
        Assert.True(_pool.Rented < AudioTap.MaxBytes / 2000);
    }

    [Fact]
    public void Video_and_codecs_that_cannot_be_decoded_pass_by()
    {
        using var tap = Tap(interval: 20, window: 5);
        for (var at = 0; at < 10_000; at += 20)
        {
            See(tap, Packet(at, codec: MediaCodec.Unknown));
            See(tap, Packet(at)); // AAC without a header
            See(tap, _pool.Rent(MediaKind.Video, new MediaTime(at), 10, new PacketTraits(MediaCodec.H264)));
        }

        Assert.False(_mailbox.TryTake(out _));
        Assert.Equal(0, _pool.Rented);
    }

    [Fact]
    public void The_newest_window_pushes_out_the_one_before()
    {
        using var tap = Tap(interval: 10, window: 10);
        See(tap, Header());
        for (var at = 0; at <= 30_000; at += 20)
            See(tap, Packet(at));
        Assert.Equal((18_000, 28_000, false), Take());
        Assert.False(_mailbox.TryTake(out _));
    }

    private AudioTap Tap(double interval, double window, double jitter = 0, Func<TimeSpan, TimeSpan>? planned = null) => new(
        _mailbox, TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(window), jitter, Chance.Seeded(1, new StreamId("s")), () => _isPaused, planned ?? (same => same));

    private List<(int From, int Until, bool IsStart)> Windows(AudioTap tap, int until)
    {
        var windows = new List<(int, int, bool)>();
        See(tap, Header());
        for (var at = 0; at < until; at += 20)
        {
            See(tap, Packet(at));
            if (Take() is { } window)
                windows.Add(window);
        }

        return windows;
    }

    private (int From, int Until, bool IsStart)? Take()
    {
        if (!_mailbox.TryTake(out var sample))
            return null;
        using (sample)
            return ((int)sample.Packets[0].Dts.Milliseconds, (int)sample.Packets[^1].Dts.Milliseconds, sample.IsStart);
    }

    private static void See(AudioTap tap, MediaPacket packet)
    {
        tap.See(packet);
        packet.Release();
    }

    private MediaPacket Header() => _pool.Rent(MediaKind.Audio, MediaTime.Zero, 4, new PacketTraits(MediaCodec.Aac, IsSequenceHeader: true, HeaderLength: 2));

    private MediaPacket Packet(int at, int length = 100, MediaCodec codec = MediaCodec.Aac) =>
        _pool.Rent(MediaKind.Audio, new MediaTime(at), length, new PacketTraits(codec, HeaderLength: 2));
}
