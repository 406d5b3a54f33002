using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Audio;

namespace IntegrityGate.Detection.Tests.Audio;

public sealed class AudioListenerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static AudioWindow Window(Synth synth, bool isStart = false)
    {
        var window = new AudioWindow(new MediaTime(5000), synth.Samples.Length) { IsStart = isStart };
        synth.Samples.CopyTo(window.Samples);
        return window;
    }

    [Fact]
    public async Task Silence_is_said_to_be_silent_and_nothing_else_is_measured()
    {
        using var listener = new AudioListener(new AudioListenerOptions(), [], null);
        using var window = Window(new Synth(10).Noise(0.0005));
        var reading = await listener.ListenAsync(window, Ct);
        Assert.True(reading.IsSilent);
        Assert.Equal((0.0, 0), (reading.SpeechShare, reading.Marks.Count));
        Assert.InRange(reading.LevelDb, -90, SpeechGate.SilenceDb);
    }

    [Fact]
    public async Task A_rhythm_and_a_clip_in_one_window_come_in_the_order_of_time()
    {
        var phrase = new Synth(2, 7).Speech(0.1).Samples.ToArray();
        using var listener = new AudioListener(new AudioListenerOptions(), [SpokenClip.TryRead("label", phrase, out _)!], null);
        using var window = Window(new Synth(10).Insert(phrase, 1).Rhythm(at: 6));
        var reading = await listener.ListenAsync(window, Ct);
        Assert.Equal([AudibleMarkKind.Spoken, AudibleMarkKind.Rhythm], reading.Marks.Select(mark => mark.Kind));
        Assert.InRange(reading.Marks[0].At.Milliseconds, 5940, 6060);
        Assert.InRange(reading.Marks[1].At.Milliseconds, 10_960, 11_040);
        Assert.False(reading.IsSilent);
        Assert.InRange(reading.SpeechShare, 0.1, 0.4);
    }

    [Fact]
    public async Task Odd_windows_are_listened_to_without_a_fault()
    {
        using var listener = new AudioListener(new AudioListenerOptions(), [SpokenClip.TryRead("label", new Synth(2, 7).Speech(0.1).Samples, out _)!], null);
        foreach (var length in new[] { 0, 1, 100, 511, 512, 671, 672, 673, 1000, 2000, 5000, 17_001 })
        {
            var synth = new Synth(length / 16000.0).Noise(0.3);
            using var window = Window(synth);
            var reading = await listener.ListenAsync(window, Ct);
            Assert.Empty(reading.Marks);
        }

        var random = new Random(3);
        for (var i = 0; i < 40; i++)
        {
            // Whatever decoders make of a stranger's bits: full-scale rubbish, constants, no numbers.
            using var window = Window(new Synth(random.Next(1, 12)));
            for (var at = 0; at < window.Length; at++)
                window.Samples[at] = (i % 4) switch { 0 => random.Next(2) * 2 - 1, 1 => 1, 2 => random.NextSingle() * 1e30f, _ => float.NaN };
            Assert.NotNull(await listener.ListenAsync(window, Ct));
        }
    }
}
