using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Looking;
using IntegrityGate.Looking.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Looking.Scheduling;

public sealed class LookSchedulerTests : IDisposable
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private LookScheduler? _scheduler;

    public void Dispose() => _scheduler?.Dispose();

    [Fact]
    public async Task Without_a_budget_every_turn_comes_at_once()
    {
        var scheduler = Make(null);
        for (var i = 0; i < 100; i++)
            await scheduler.Join(_second).TakeAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_turn_waits_until_the_budget_has_what_it_is_expected_to_cost()
    {
        var scheduler = Make(0.5);
        var turns = scheduler.Join(_second);
        await turns.TakeAsync(TestContext.Current.CancellationToken);
        turns.End(Spent(seconds: 0.6)); // half a second was there
        var next = turns.TakeAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(next.IsCompleted);
        _time.Advance(_second / 2);
        Assert.False(next.IsCompleted);
        _time.Advance(_second);
        await next;
    }

    [Fact]
    public async Task Only_so_many_looks_are_under_way_and_the_next_begins_when_one_ends()
    {
        var scheduler = Make(1);
        var first = scheduler.Join(_second);
        await first.TakeAsync(TestContext.Current.CancellationToken);
        await scheduler.Join(_second).TakeAsync(TestContext.Current.CancellationToken);
        var third = scheduler.Join(_second).TakeAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(third.IsCompleted);
        first.End(null);
        await third;
    }

    [Fact]
    public async Task Who_stops_waiting_takes_nothing_from_the_others()
    {
        var scheduler = Make(1);
        var one = scheduler.Join(_second);
        var two = scheduler.Join(_second);
        await one.TakeAsync(TestContext.Current.CancellationToken);
        await two.TakeAsync(TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var gone = scheduler.Join(_second);
        var waiting = gone.TakeAsync(stop.Token).AsTask();
        var other = scheduler.Join(_second).TakeAsync(TestContext.Current.CancellationToken).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gone.Dispose();
        one.End(null);
        await other;
    }

    [Fact]
    public async Task Too_many_streams_are_told_as_overload_with_the_reason_and_intervals_stretch_to_the_limit_and_back()
    {
        var scheduler = Make(0.1);
        var streams = Enumerable.Range(0, 40).Select(_ => scheduler.Join(_second)).ToList();
        Assert.Equal(_second, scheduler.Planned(_second));
        foreach (var stream in streams)
            _ = stream.TakeAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(scheduler.IsOverloaded);
        _time.Advance(_second);
        Assert.Equal(new ScheduleOptions().Limit, scheduler.Planned(_second) is var planned && scheduler.IsOverloaded ? planned : default);
        Assert.Equal("looking is overloaded: a budget of 0.1 cores cannot show every stream within 30 s", scheduler.OverloadReason);
        foreach (var stream in streams.Skip(1))
            stream.Dispose();
        _time.Advance(_second);
        Assert.False(scheduler.IsOverloaded);
        Assert.Equal(_second, scheduler.Planned(_second));
    }

    [Fact]
    public async Task Forwarding_never_waits_for_a_turn_and_one_sample_a_stream_waits_at_most()
    {
        var scheduler = Make(0.1);
        var busy = scheduler.Join(_second);
        var turns = scheduler.Join(_second);
        await busy.TakeAsync(TestContext.Current.CancellationToken); // and never ends
        await scheduler.Join(_second).TakeAsync(TestContext.Current.CancellationToken);
        var pool = new PacketPool();
        var mailbox = new SampleMailbox();
        var pace = new SamplePace(_second, LookTiming.Regular, Chance.Unpredictable(), scheduler.Planned);
        using (var sampler = new Sampler(mailbox, pace, _time, default))
        {
            See(pool.Rent(MediaKind.Video, MediaTime.Zero, 8, new PacketTraits(MediaCodec.H264, true, IsSequenceHeader: true)));
            for (long at = 0; at < 100_000; at += 40)
                See(pool.Rent(MediaKind.Video, new MediaTime(at), 8, new PacketTraits(MediaCodec.H264, at % 2000 == 0)));

            var turn = turns.TakeAsync(TestContext.Current.CancellationToken).AsTask();
            Assert.False(turn.IsCompleted);
            Assert.True(mailbox.Dropped > 40);
            Assert.True(mailbox.TryTake(out var newest));
            Assert.True(newest.At.Milliseconds > 97_000);
            newest.Dispose();
            Assert.False(mailbox.TryTake(out _));

            void See(MediaPacket packet)
            {
                sampler.See(packet);
                packet.Release();
            }
        }

        Assert.Equal(0, pool.Rented);
    }

    private static LookSpending Spent(double seconds)
    {
        var spent = default(LookSpending);
        spent[LookStage.Synthetic] = TimeSpan.FromSeconds(seconds);
        return spent;
    }

    private LookScheduler Make(double? cores) =>
        _scheduler = new LookScheduler(new ScheduleOptions { Cores = cores }, _time, NullLogger<LookScheduler>.Instance);
}
