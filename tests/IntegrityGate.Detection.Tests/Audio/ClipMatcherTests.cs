using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Audio;

namespace IntegrityGate.Detection.Tests.Audio;

public sealed class ClipMatcherTests
{
    private static float[] Phrase(int seed, double seconds = 2.5) => new Synth(seconds, seed).Speech(0.1).Samples.ToArray();

    private static SpokenClip Clip(int seed, double seconds = 2.5) => SpokenClip.TryRead("clip" + seed, Phrase(seed, seconds), out var reason) ?? throw new InvalidOperationException(reason);

    private static List<AudibleMark> Find(Synth window, double least, params SpokenClip[] clips)
    {
        var marks = new List<AudibleMark>();
        new ClipMatcher(clips, least).Find(Synth.Picture(window.Samples), new MediaTime(60_000), marks);
        return marks;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.05)] // -26 dB
    public void A_clip_is_found_where_it_is_played_at_any_volume(double gain)
    {
        var mark = Assert.Single(Find(new Synth(10, 99).Insert(Phrase(5), 3.337, gain), ClipMatcher.DefaultMinCorrelation, Clip(4), Clip(5), Clip(6)));
        Assert.Equal((AudibleMarkKind.Spoken, "clip5"), (mark.Kind, mark.Name));
        Assert.InRange(mark.At.Milliseconds, 63_337 - 60, 63_337 + 60);
        Assert.InRange(mark.Strength, 0.9, 1);
    }

    [Fact]
    public void A_clip_is_found_under_music_twelve_decibels_fainter_and_other_speech_is_not()
    {
        var (found, strongestOther) = (0, 0.0);
        for (var seed = 10; seed < 40; seed++)
        {
            var window = new Synth(10, seed).Insert(Phrase(seed), 2.5).Music(0.1 / 4);
            var marks = Find(window, 0.05, Clip(seed), Clip(seed + 100));
            var own = marks.Where(mark => mark.Name == "clip" + seed).Max(mark => mark.Strength);
            found += own >= ClipMatcher.DefaultMinCorrelation + 0.1 ? 1 : 0;
            strongestOther = Math.Max(strongestOther, marks.Where(mark => mark.Name != "clip" + seed).Select(mark => mark.Strength).DefaultIfEmpty(0).Max());
        }

        Assert.Equal(30, found);
        Assert.InRange(strongestOther, 0, ClipMatcher.DefaultMinCorrelation - 0.05);
    }

    [Fact]
    public void The_same_clip_twice_is_two_marks()
    {
        var marks = Find(new Synth(10).Insert(Phrase(5), 1).Insert(Phrase(5), 6), ClipMatcher.DefaultMinCorrelation, Clip(5));
        Assert.Equal(2, marks.Count);
    }

    [Fact]
    public void Music_noise_silence_and_a_window_shorter_than_the_clip_hold_none()
    {
        Assert.Empty(Find(new Synth(10).Music(0.1), ClipMatcher.DefaultMinCorrelation, Clip(5)));
        Assert.Empty(Find(new Synth(10).Noise(0.1), ClipMatcher.DefaultMinCorrelation, Clip(5)));
        Assert.Empty(Find(new Synth(10), ClipMatcher.DefaultMinCorrelation, Clip(5)));
        Assert.Empty(Find(new Synth(1).Speech(0.1), ClipMatcher.DefaultMinCorrelation, Clip(5)));
        Assert.Empty(Find(new Synth(0.01), ClipMatcher.DefaultMinCorrelation, Clip(5)));
    }

    [Fact]
    public void Clips_that_are_no_spoken_labels_are_refused_with_the_reason()
    {
        Assert.Null(SpokenClip.TryRead("short", Phrase(1, 0.6), out var reason));
        Assert.Contains("0.8 to 8 s", reason, StringComparison.Ordinal);
        Assert.Null(SpokenClip.TryRead("long", Phrase(1, 9), out reason));
        Assert.Contains("0.8 to 8 s", reason, StringComparison.Ordinal);
        Assert.Null(SpokenClip.TryRead("silent", new float[3 * AudioWindow.SampleRate], out reason));
        Assert.NotNull(reason);
        Assert.Null(SpokenClip.TryRead("hum", new Synth(3).Tone(200, 0, 3, 0.2).Samples, out reason));
        Assert.Contains("no speech", reason, StringComparison.Ordinal);
        Assert.Null(SpokenClip.TryRead("empty", [], out reason));
        Assert.NotNull(reason);
    }
}
