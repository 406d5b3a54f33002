using IntegrityGate.Configuration;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Hosting;
using IntegrityGate.Looking;
using IntegrityGate.Looking.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Looking;

/// <summary>A recording played through sampler, scheduler and judge, with a detector that knows what it shows.</summary>
public sealed class ReplayTests
{
    private const int TurnsSynthetic = 60_000;
    private const int Length = 180_000;

    private static readonly ModelReference _model = new("frame-v1", "1.0.0", new string('a', 64));

    private sealed record Moment(MediaTime At, Tier Tier, VerdictBasis Basis, string Changes);

    [Fact]
    public async Task The_same_recording_and_seed_give_the_same_looks_and_the_same_verdicts_without_a_budget()
    {
        var first = await PlayAsync(seed: 11);
        var second = await PlayAsync(seed: 11);
        Assert.Equal(first, second);
        Assert.Equal(Tier.None, first.Last(moment => moment.At.Milliseconds < TurnsSynthetic).Tier);
        Assert.Equal((Tier.Suspected, VerdictBasis.DetectorStamp), (first[^1].Tier, first[^1].Basis));
    }

    [Fact]
    public async Task Another_seed_looks_at_other_moments_and_comes_to_the_same_verdict()
    {
        var first = await PlayAsync(seed: 11);
        var second = await PlayAsync(seed: 12);
        Assert.NotEqual(first.Select(moment => moment.At), second.Select(moment => moment.At));
        Assert.Equal((first[^1].Tier, first[^1].Basis), (second[^1].Tier, second[^1].Basis));
    }

    private static async Task<List<Moment>> PlayAsync(ulong seed)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero));
        var options = GateOptionsReader.Read(GateConfiguration.Build(null, new Dictionary<string, string?>()));
        using var scheduler = new LookScheduler(new ScheduleOptions(), time, NullLogger<LookScheduler>.Instance);
        using var turns = scheduler.Join(options.Inspection.UndecidedInterval);
        var judge = new JudgeFactory(options, time).Create(new StreamId("s"), "session");
        var mailbox = new SampleMailbox();
        var pace = new SamplePace(options.Inspection.UndecidedInterval, options.Inspection.Timing, Chance.Seeded(seed, new StreamId("s")), scheduler.Planned);
        using var sampler = new Sampler(mailbox, pace, time, default);
        var pool = new PacketPool();
        var sizes = new Random(5); // the recording's
        var moments = new List<Moment>();
        See(sampler, pool.Rent(MediaKind.Video, MediaTime.Zero, 8, new PacketTraits(MediaCodec.H264, true, IsSequenceHeader: true)));
        for (long at = 0; at < Length; at += 40)
        {
            time.Advance(TimeSpan.FromMilliseconds(40));
            var isKey = at % 2000 == 0;
            See(sampler, pool.Rent(MediaKind.Video, new MediaTime(at), isKey ? 900 + sizes.Next(200) : 50 + sizes.Next(100), new PacketTraits(MediaCodec.H264, isKey)));
            if (!mailbox.TryTake(out var sample))
                continue;
            await turns.TakeAsync(TestContext.Current.CancellationToken);
            using (sample)
            {
                var judgement = judge.Apply(new SampleLooked(sample.At, time.GetUtcNow(), Score(sample.At), null, null));
                pace.Interval = judgement.Look.Next;
                turns.Want(judgement.Look.Next);
                moments.Add(new Moment(sample.At, judgement.Verdict.Tier, judgement.Verdict.Basis, string.Join(',', judgement.Changes.Select(change => $"{change.Kind} {change.Incident.Rule.Id}"))));
            }

            turns.End(default(LookSpending));
        }

        Assert.True(moments.Count > Length / 4000);
        return moments;
    }

    private static SyntheticScore Score(MediaTime at)
    {
        var score = at.Milliseconds < TurnsSynthetic ? -1.5 : 4.0;
        var fingerprint = unchecked((ulong)at.Milliseconds * 0x9E3779B97F4A7C15);
        return new SyntheticScore(at, _model, score, 0.5, [score], new DetectorLevels(0.76, 2.66), null, fingerprint);
    }

    private static void See(Sampler sampler, MediaPacket packet)
    {
        sampler.See(packet);
        packet.Release();
    }
}
