using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Looking;
using IntegrityGate.Looking.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Looking.Scheduling;

/// <summary>A publisher must not be able to foresee the moments; the tests' seeds are fixed, so they give the same answer on every run.</summary>
public sealed class ChanceTests
{
    // Upper 0.1 % point of chi square with 19 degrees of freedom.
    private const double Limit19 = 43.82;

    [Fact]
    public void Draws_are_uniform() => Assert.True(ChiSquare(Draws(20_000), 20) < Limit19);

    [Fact]
    public void A_draw_says_nothing_of_the_next()
    {
        var draws = Draws(20_000);
        for (var lag = 1; lag <= 8; lag++)
        {
            var mean = draws.Average();
            var correlation = draws.Zip(draws.Skip(lag), (a, b) => (a - mean) * (b - mean)).Average() / draws.Average(a => (a - mean) * (a - mean));
            // Four standard errors.
            Assert.True(Math.Abs(correlation) < 4 / Math.Sqrt(draws.Count), $"lag {lag}: {correlation}");
        }
    }

    [Fact]
    public void The_same_seed_and_stream_give_the_same_draws_another_stream_others()
    {
        Assert.Equal(Draws(100), Draws(100));
        Assert.Empty(Draws(100).Intersect(Draws(100, "other")));
        Assert.Empty(Draws(100).Intersect(Enumerable.Range(0, 100).Select(_ => Chance.Unpredictable().Next())));
    }

    [Fact]
    public void The_looks_of_a_stream_fall_due_uniformly_over_half_an_interval()
    {
        // Every look takes its very frame, so the moment drawn is the moment looked at.
        var at = Looks(gop: 10_000, new LookTiming { BetweenKeyFrames = 1 }, interval: 2000, until: 4_000_000);
        var gaps = at.Zip(at.Skip(1), (a, b) => (double)(b - a)).ToList();
        Assert.InRange(gaps.Min(), 1500, 1540);
        Assert.InRange(gaps.Max(), 2460, 2540);
        Assert.InRange(gaps.Average(), 1980, 2040);
        // A frame is 10 ms: 100 of them from the earliest to the latest, in 20 bins of five.
        Assert.True(ChiSquare([.. gaps.Select(gap => Math.Min((gap - 1500) / 1000.001, 0.9999))], 20) < Limit19);
    }

    [Fact]
    public void Every_part_of_a_GOP_is_looked_at_though_key_frames_are_looked_at_most()
    {
        var at = Looks(gop: 2000, new LookTiming { BetweenKeyFrames = 0.2 }, interval: 2000, until: 8_000_000);
        var between = at.Where(look => look % 2000 != 0).Select(look => look % 2000 / 2000.0).ToList();
        Assert.InRange((double)between.Count / at.Count, 0.15, 0.25);
        for (var part = 0; part < 10; part++)
            Assert.Contains(between, phase => (int)(phase * 10) == part);
    }

    private static List<double> Draws(int count, string stream = "s")
    {
        var chance = Chance.Seeded(42, new StreamId(stream));
        return [.. Enumerable.Range(0, count).Select(_ => chance.Next())];
    }

    private static double ChiSquare(List<double> draws, int bins)
    {
        var expected = (double)draws.Count / bins;
        return draws.GroupBy(draw => (int)(draw * bins)).Sum(bin => Math.Pow(bin.Count() - expected, 2) / expected)
            + ((bins - draws.Select(draw => (int)(draw * bins)).Distinct().Count()) * expected);
    }

    private static List<long> Looks(int gop, LookTiming timing, int interval, long until)
    {
        var pool = new PacketPool();
        var mailbox = new SampleMailbox();
        var pace = new SamplePace(TimeSpan.FromMilliseconds(interval), timing with { SceneInterval = TimeSpan.Zero }, Chance.Seeded(1, new StreamId("s")), wanted => wanted);
        using var sampler = new Sampler(mailbox, pace, new FakeTimeProvider(), default);
        var looks = new List<long>();
        See(pool.Rent(MediaKind.Video, MediaTime.Zero, 8, new PacketTraits(MediaCodec.H264, true, IsSequenceHeader: true)));
        for (long at = 0; at < until; at += 10)
        {
            See(pool.Rent(MediaKind.Video, new MediaTime(at), 8, new PacketTraits(MediaCodec.H264, at % gop == 0)));
            if (mailbox.TryTake(out var sample))
            {
                looks.Add(sample.At.Milliseconds);
                sample.Dispose();
            }
        }

        return looks;

        void See(MediaPacket packet)
        {
            sampler.See(packet);
            packet.Release();
        }
    }
}
