using IntegrityGate.Detection.Audio;

namespace IntegrityGate.Detection.Tests.Audio;

public sealed class SpeechGateTests
{
    private static double Share(Synth synth) => new SpeechGate().Measure(synth.Samples, Synth.Picture(synth.Samples));

    [Theory]
    [InlineData(90)]
    [InlineData(120)]
    [InlineData(220)]
    public void Syllables_are_speech_and_their_share_is_measured(double pitch)
    {
        Assert.InRange(Share(new Synth(10).Speech(0.1, pitch: pitch).Noise(0.002)), 0.6, 1);
        Assert.InRange(Share(new Synth(10).Speech(0.1, 3, 4, pitch).Noise(0.002)), 0.25, 0.55);
    }

    [Fact]
    public void A_tone_a_rhythm_noise_and_a_hum_are_no_speech()
    {
        Assert.Equal(0, Share(new Synth(10).Tone(300, 0, 10, 0.3)));
        Assert.Equal(0, Share(new Synth(10).Rhythm(0.1, 350)));
        Assert.InRange(Share(new Synth(10).Noise(0.2)), 0, 0.1);
        Assert.Equal(0, Share(new Synth(10).Tone(100, 0, 10, 0.2).Tone(200, 0, 10, 0.1).Tone(300, 0, 10, 0.1)));
    }

    [Fact]
    public void The_level_is_that_of_a_full_scale_sine_and_silence_has_a_floor()
    {
        Assert.Equal(0, SpeechGate.LevelOf(new Synth(1).Tone(1000, 0, 1, 1).Samples), 0.1);
        Assert.Equal(-20, SpeechGate.LevelOf(new Synth(1).Tone(1000, 0, 1, 0.1).Samples), 0.1);
        Assert.Equal(-120, SpeechGate.LevelOf(new float[100]), 0.001);
        Assert.Equal(-120, SpeechGate.LevelOf([]), 0.001);
    }
}
