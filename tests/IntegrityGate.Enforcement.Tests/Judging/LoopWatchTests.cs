using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging.Replays;

namespace IntegrityGate.Enforcement.Tests.Judging;

/// <summary>Streams made of hashes: a picture is a number, and the same number is the same picture but for an encoder's noise.</summary>
public sealed class LoopWatchTests
{
    private readonly ReplayOptions _options = new();
    private readonly Random _random = new(1);

    [Fact]
    public void A_loop_of_a_minute_is_found_when_it_came_again_twice_with_its_period_and_its_pictures()
    {
        var watch = Watch(Enumerable.Range(0, 80).Select(look => (2000L * look, look % 30)));
        var loop = Assert.IsType<LoopFinding>(watch.Finding);
        Assert.Equal(TimeSpan.FromSeconds(60), loop.Period);
        Assert.Equal(2, loop.Repeats);
        Assert.InRange(loop.First.Milliseconds, 0, 6000);
        Assert.Equal(158_000, loop.Last.Milliseconds);
        Assert.True(loop.Evidence >= _options.Evidence);
        Assert.Equal(loop.Hashes.Count, loop.Pictures);
        Assert.InRange(loop.Pictures, 6, LoopCandidate.MaxHashes);
    }

    [Fact]
    public void A_loop_whose_period_no_look_hits_is_found_at_the_first_multiple_that_looks_do_hit()
    {
        // 9.6 s at a look in 2 s: the same moments come at every 48 s. A moment is a picture by the tenth of a second.
        var watch = Watch(Enumerable.Range(0, 90).Select(look => (2000L * look, look * 20 % 96)));
        Assert.Equal(TimeSpan.FromSeconds(48), watch.Finding?.Period);
    }

    [Fact]
    public void An_hours_loop_is_found()
    {
        var watch = Watch(Enumerable.Range(0, 4600).Select(look => (2000L * look, look % 1800)), new ReplayOptions { MinRepeats = 1 });
        Assert.Equal(TimeSpan.FromHours(1), watch.Finding?.Period);
    }

    [Fact]
    public void Looks_at_random_moments_of_key_frames_find_it_too()
    {
        var looks = Enumerable.Range(0, 600).Where(_ => _random.Next(2) == 0).Select(look => (2000L * look, look % 30));
        Assert.Equal(TimeSpan.FromSeconds(60), Watch(looks).Finding?.Period);
    }

    [Fact]
    public void One_picture_in_ten_may_differ()
    {
        var looks = Enumerable.Range(0, 150).Select(look => (2000L * look, _random.Next(10) == 0 ? 100_000 + look : look % 30));
        Assert.Equal(TimeSpan.FromSeconds(60), Watch(looks).Finding?.Period);
    }

    [Fact]
    public void When_the_stream_moves_on_the_finding_ends_within_ten_looks()
    {
        var loop = Enumerable.Range(0, 300).Select(look => (2000L * look, look % 30));
        Assert.NotNull(Watch(loop).Finding);
        Assert.Null(Watch(loop.Concat(Enumerable.Range(300, 10).Select(look => (2000L * look, 1000 + look)))).Finding);
    }

    [Fact]
    public void A_scene_shown_again_is_no_loop()
    {
        // Half a minute of advertisement every five minutes, six times.
        var looks = Enumerable.Range(0, 900).Select(look => (2000L * look, look % 150 < 15 ? look % 150 : 1000 + look));
        Assert.All(Findings(looks), Assert.Null);
    }

    [Fact]
    public void A_scene_shown_twice_in_a_row_is_no_loop() =>
        Assert.All(Findings(Enumerable.Range(0, 60).Select(look => (2000L * look, look % 30))), Assert.Null);

    [Fact]
    public void Slides_in_even_turns_are_no_loop() =>
        Assert.All(Findings(Enumerable.Range(0, 2000).Select(look => (2000L * look, look / 4 % 8))), Assert.Null);

    [Fact]
    public void A_camera_that_shows_one_scene_is_no_loop() =>
        Assert.All(Findings(Enumerable.Range(0, 2000).Select(look => (2000L * look, _random.Next(3)))), Assert.Null);

    [Fact]
    public void What_never_comes_again_is_no_loop() =>
        Assert.All(Findings(Enumerable.Range(0, 5000).Select(look => (2000L * look, look))), Assert.Null);

    [Theory]
    [InlineData(1_800_000)] // nothing ever again
    [InlineData(30)] // a loop
    [InlineData(1)] // one picture
    public void A_day_takes_no_more_memory_than_two_hours(int pictures)
    {
        var watch = new LoopWatch(_options);
        for (var look = 0; look < 24 * 1800; look++)
        {
            watch.Add(new MediaTime(2000L * look), Hash(look % pictures));
            Assert.True(watch.AllocatedBytes <= 4096 * 40);
            Assert.True(watch.Candidates <= LoopWatch.MaxCandidates);
            if (look == 1799)
                Assert.True(watch.AllocatedBytes <= 2048 * 40); // the first hour: 72,000 bytes, doubled at most
        }

        Assert.Equal(pictures == 30, watch.Finding is not null);
    }

    [Fact]
    public void A_clock_that_begins_anew_or_stands_is_left_out()
    {
        var watch = Watch(Enumerable.Range(0, 80).Select(look => (2000L * look, look % 30)));
        watch.Add(new MediaTime(0), Hash(5));
        Assert.NotNull(watch.Finding);
        watch.Clear();
        Assert.Null(watch.Finding);
        Assert.Equal(0, watch.AllocatedBytes);
    }

    private LoopWatch Watch(IEnumerable<(long At, int Picture)> looks, ReplayOptions? options = null)
    {
        var watch = new LoopWatch(options ?? _options);
        foreach (var (at, picture) in looks)
            watch.Add(new MediaTime(at), Hash(picture));
        return watch;
    }

    private List<LoopFinding?> Findings(IEnumerable<(long At, int Picture)> looks)
    {
        var watch = new LoopWatch(_options);
        var findings = new List<LoopFinding?>();
        foreach (var (at, picture) in looks)
        {
            watch.Add(new MediaTime(at), Hash(picture));
            findings.Add(watch.Finding);
        }

        return findings;
    }

    // The picture's own bits, and two of them turned by the encoder.
    private PictureHash Hash(int picture)
    {
        var bits = new Random(picture);
        var noise = 1UL << _random.Next(64);
        return new PictureHash((ulong)bits.NextInt64() ^ noise, (ulong)bits.NextInt64(), (ulong)bits.NextInt64(), (ulong)bits.NextInt64());
    }
}
