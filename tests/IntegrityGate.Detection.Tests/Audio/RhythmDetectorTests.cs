using FsCheck.Xunit;

namespace IntegrityGate.Detection.Tests.Audio;

/// <summary>The rhythm of GB 45438-2025 5.3 on synthesised sound: what is heard and what is not.</summary>
public sealed class RhythmDetectorTests
{
    public static TheoryData<double, double> Keyings()
    {
        var data = new TheoryData<double, double>();
        foreach (var unit in new[] { 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3 })
        {
            foreach (var hz in new[] { 250, 440, 661.5, 800, 1234.5, 2000, 3100, 5000, 6500 })
                data.Add(unit, hz);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Keyings))]
    public void The_rhythm_is_heard_at_every_speed_and_pitch(double unit, double hz)
    {
        var mark = Assert.Single(new Synth(10).Rhythm(unit, hz).Noise(0.003).Rhythms());
        Assert.InRange(mark.At.Milliseconds, 1960, 2040);
        Assert.InRange(mark.Length.TotalSeconds, (11 * unit) - 0.04, (11 * unit) + 0.04);
        Assert.InRange(mark.FrequencyHz!.Value, hz - 32, hz + 32);
        Assert.InRange(mark.Strength, 0.85, 1);
    }

    [Theory]
    [InlineData(0.25)] // -12 dB
    [InlineData(0.125)]
    public void The_rhythm_is_heard_over_music(double factor)
    {
        // The RMS of a tone of amplitude 0.3 is 0.21; the music's is 12 dB (18 dB) under it.
        var heard = Enumerable.Range(0, 40).Count(seed => new Synth(10, seed).Rhythm(0.08 + (0.004 * seed), 700 + (37 * seed)).Music(0.21 * factor).Rhythms().Count == 1);
        Assert.InRange(heard, 38, 40);
    }

    [Fact]
    public void The_rhythm_is_heard_over_and_after_speech()
    {
        var heard = Enumerable.Range(0, 20).Count(seed => new Synth(10, seed).Speech(0.1, 0, 1.2).Speech(0.05).Rhythm(0.1, 900 + (53 * seed), at: 3).Rhythms().Count == 1);
        Assert.InRange(heard, 19, 20);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.03)]
    [InlineData(0.006)] // -44 dB
    public void The_rhythm_is_heard_at_any_volume(double amplitude) =>
        Assert.Single(new Synth(10).Rhythm(0.1, 800, 2, amplitude).Rhythms());

    [Fact]
    public void A_rhythm_too_faint_to_be_clearly_recognisable_does_not_count() =>
        Assert.Empty(new Synth(10).Rhythm(0.1, 800, 2, 0.001).Rhythms());

    [Theory]
    [InlineData(2.4, 3)]
    [InlineData(4, 3)]
    [InlineData(3, 2.4)]
    [InlineData(3, 5)]
    public void Longs_and_pauses_may_differ_from_Morse_code(double dash, double pause) =>
        Assert.Single(new Synth(10).Morse(".- ..", 0.1, 800, 2, dash: dash, pause: pause).Rhythms());

    [Fact]
    public void Two_rhythms_are_two_marks_and_a_chord_is_one()
    {
        var marks = new Synth(12).Rhythm(0.1, 800, 1).Rhythm(0.1, 1200, 1).Rhythm(0.1, 800, 6).Rhythms();
        Assert.Equal(2, marks.Count);
    }

    [Property(MaxTest = 200)]
    public bool A_hand_keys_it_with_errors_of_an_eighth(byte unit, ushort pitch, int seed) =>
        new Synth(10, seed).Morse(".- ..", 0.07 + (unit / 1500.0), 300 + (pitch % 5000), 2, jitter: 0.125).Rhythms().Count == 1;

    [Theory]
    [InlineData(".-")]
    [InlineData("..")]
    [InlineData(".-..")] // L: no pause
    [InlineData(".. .-")] // I A
    [InlineData("-. ..")] // N I
    [InlineData(".- .")] // A E
    [InlineData(".- ...")] // A S
    [InlineData(".- .-")]
    [InlineData("-- ..")]
    [InlineData(".- --")]
    [InlineData(".. ..")]
    [InlineData(".... ....")]
    [InlineData(".- .. .-.")] // AIR
    [InlineData("..-. .- .. .-.")] // FAIR
    [InlineData(".-- .- .. -")] // WAIT
    [InlineData("... --- ...")]
    [InlineData(".-/..")] // two words
    [InlineData("-.-. --.- / -.. . / .- -... -.-.")]
    public void Other_Morse_code_is_not_the_rhythm(string code)
    {
        foreach (var unit in new[] { 0.06, 0.1, 0.15 })
            Assert.Empty(new Synth(14).Morse(code, unit, 800, 2).Rhythms());
    }

    [Fact]
    public void A_long_Morse_message_is_not_the_rhythm()
    {
        string[] letters =
        [
            ".-", "-...", "-.-.", "-..", ".", "..-.", "--.", "....", "..", ".---", "-.-", ".-..", "--", "-.", "---", ".--.", "--.-", ".-.", "...", "-", "..-", "...-",
            ".--", "-..-", "-.--", "--..",
        ];
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            // Words of three letters and more, so none is "AI".
            var text = string.Join('/', Enumerable.Range(0, 6).Select(_ => string.Join(' ', Enumerable.Range(0, 3 + random.Next(4)).Select(_ => letters[random.Next(letters.Length)]))));
            Assert.Empty(new Synth(30, seed).Morse(text, 0.08, 700, 1).Rhythms());
        }
    }

    [Fact]
    public void Alarms_and_telephones_are_not_the_rhythm()
    {
        Assert.Empty(Beeps(0.5, 0.5, 0.5, 0.5, 0.5, 1.5)); // smoke (ISO 8201)
        Assert.Empty(Beeps(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 5)); // carbon monoxide
        Assert.Empty(Beeps(0.5, 0.5)); // busy
        Assert.Empty(Beeps(1, 4)); // ringing
        Assert.Empty(Beeps(0.1, 0.1, 0.1, 0.7)); // an alarm clock
        Assert.Empty(Beeps(0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.6, 0.4)); // the time signal: pips and a long one
        Assert.Empty(Beeps(0.06, 0.04, 0.06, 0.34)); // a lorry that reverses

        static IReadOnlyList<Core.Evidence.AudibleMark> Beeps(params double[] onAndOff)
        {
            var synth = new Synth(20);
            for (var (at, i) = (0.5, 0); at < 19; at += onAndOff[i % onAndOff.Length], i++)
            {
                if (i % 2 == 0)
                    synth.Tone(1000, at, onAndOff[i % onAndOff.Length], 0.3);
            }

            return synth.Rhythms();
        }
    }

    [Fact]
    public void Plucked_and_uneven_notes_in_that_rhythm_are_music()
    {
        var plucked = new Synth(10);
        foreach (var (at, length) in new[] { (2.0, 0.1), (2.2, 0.3), (2.8, 0.1), (3.0, 0.1) })
            plucked.Tone(660, at, length, 0.4, decaySeconds: 0.06);
        Assert.Empty(plucked.Rhythms());
        var uneven = new Synth(10).Tone(660, 2, 0.1, 0.1).Tone(660, 2.2, 0.3, 0.4).Tone(660, 2.8, 0.1, 0.1).Tone(660, 3, 0.1, 0.1);
        Assert.Empty(uneven.Rhythms());
    }

    [Fact]
    public void Music_speech_and_noise_hold_no_rhythm()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            Assert.Empty(new Synth(20, seed).Music(0.1, 0.12 + (0.01 * seed)).Rhythms());
            Assert.Empty(new Synth(20, seed).Speech(0.1, pitch: 90 + (5 * seed)).Rhythms());
            Assert.Empty(new Synth(20, seed).Noise(0.2).Rhythms());
        }
    }

    [Fact]
    public void At_the_start_of_a_stream_nothing_can_be_before_it_and_elsewhere_it_must_be_heard()
    {
        Assert.Single(new Synth(10).Rhythm(at: 0.02).Rhythms(isStart: true));
        Assert.Empty(new Synth(10).Rhythm(at: 0.02).Rhythms(isStart: false));
        Assert.Empty(new Synth(10).Rhythm(at: 8.8).Rhythms());
    }
}
