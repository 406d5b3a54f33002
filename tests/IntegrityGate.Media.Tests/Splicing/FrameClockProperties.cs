using FsCheck;
using FsCheck.Xunit;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Splicing;

namespace IntegrityGate.Media.Tests.Splicing;

/// <summary>The assignment of decoding times, over any mini-GOP structure and any frame durations.</summary>
public sealed class FrameClockProperties
{
    /// <summary>
    /// A segment in decoding order: mini-GOPs of a P picture and up to seven B pictures that are shown before it, in any order among
    /// themselves; every picture lasts 1 to 200 ms; decoding times run ahead by as many pictures as the stream needs.
    /// </summary>
    private static List<(long Dts, long Pts)> Segment(byte[] shape, int seed)
    {
        var random = new Random(seed);
        var display = new List<int>();
        var next = 0;
        display.Add(next++);
        foreach (var one in shape)
        {
            var between = Enumerable.Range(next, one % 8).ToArray();
            random.Shuffle(between);
            next += between.Length;
            display.Add(next++);
            display.AddRange(between);
        }

        var times = new long[next];
        for (var i = 1; i < next; i++)
            times[i] = times[i - 1] + random.Next(1, 201);
        var delay = display.Select((shown, decoded) => decoded - shown).Max();
        // The n-th decoding time is the n-th display time, moved back by the stream's delay in pictures.
        return [.. display.Select((shown, decoded) => (decoded >= delay ? times[decoded - delay] : times[0] - ((delay - decoded) * 10L), times[shown]))];
    }

    [Property(MaxTest = 500, Replay = "1,3")]
    public void The_nth_picture_takes_the_nth_decoding_time_and_is_never_shown_before_it(byte[] shape, int seed)
    {
        var segment = Segment(shape, seed);
        var clock = new FrameClock();
        foreach (var (_, pts) in segment)
            clock.Expect(pts);
        var taken = new List<(long Dts, long Pts)>();
        foreach (var pts in segment.Select(one => one.Pts).Order())
        {
            Assert.True(clock.TryTake(pts, out var missing));
            Assert.Equal(0, missing);
            taken.Add((segment[taken.Count].Dts, pts));
        }

        Assert.Equal(0, clock.Pending);
        Assert.All(taken, one => Assert.True(one.Pts >= one.Dts));
        Assert.All(taken.Zip(taken.Skip(1)), pair => Assert.True(pair.Second.Dts > pair.First.Dts));
        Assert.Equal(segment.Select(one => one.Pts).Order(), taken.Select(one => one.Pts));
        Assert.Equal(segment.Select(one => one.Dts), taken.Select(one => one.Dts));
    }

    [Property(MaxTest = 500, Replay = "3,5")]
    public void Lost_pictures_are_counted_and_the_rest_keep_their_own_places(byte[] shape, int seed, byte[] lose)
    {
        var segment = Segment(shape, seed);
        var shown = segment.Select(one => one.Pts).Order().ToArray();
        var isLost = shown.Select((_, i) => lose.Length > 0 && lose[i % lose.Length] % 4 == 0).ToArray();
        var clock = new FrameClock();
        foreach (var (_, pts) in segment)
            clock.Expect(pts);
        var place = 0;
        for (var i = 0; i < shown.Length; i++)
        {
            if (isLost[i])
                continue;
            Assert.True(clock.TryTake(shown[i], out var missing));
            place += missing;
            Assert.Equal(i, place++);
            Assert.False(clock.TryTake(shown[i], out _)); // a second one is extra
        }

        Assert.Equal(isLost.Reverse().TakeWhile(one => one).Count(), clock.Pending);
    }

    [Property(MaxTest = 300, Replay = "5,7")]
    public void A_segment_that_may_start_shows_nothing_before_what_was_sent(byte[] before, byte[] after, int seed, short gap)
    {
        var sent = Segment(before, seed);
        var rest = Segment(after, seed + 1).Select(one => one.Pts + gap).ToList();
        var latest = new MediaTime(sent.Max(one => one.Pts));
        // The first picture of a closed segment is the first one shown.
        if (SwitchRule.MayStart(latest, new MediaTime(rest[0])))
            Assert.True(rest.Min() > latest.Milliseconds);
        else
            Assert.True(rest[0] <= latest.Milliseconds);
    }
}
