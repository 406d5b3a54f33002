using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Audio;

namespace IntegrityGate.Detection.Tests.Audio;

/// <summary>Makes sounds: keyed tones, a voice of pulses and formants, music, noise; and listens to them.</summary>
internal sealed class Synth
{
    private const int Rate = AudioWindow.SampleRate;

    private readonly float[] _samples;
    private readonly Random _random;

    public Synth(double seconds, int seed = 1)
    {
        _samples = new float[(int)(seconds * Rate)];
        _random = new Random(seed);
    }

    public Span<float> Samples => _samples;

    /// <summary>A Morse text: dots and dashes, a space between letters, a slash between words.</summary>
    public Synth Morse(string code, double unitSeconds, double hz, double at, double amplitude = 0.3, double dash = 3, double pause = 3, double jitter = 0)
    {
        foreach (var sign in code)
        {
            if (sign is ' ' or '/')
            {
                at += unitSeconds * ((sign == ' ' ? pause : 7) - 1);
                continue;
            }

            var length = unitSeconds * (sign == '-' ? dash : 1) * (1 + (jitter * ((2 * _random.NextDouble()) - 1)));
            Tone(hz, at, length, amplitude);
            at += length + (unitSeconds * (1 + (jitter * ((2 * _random.NextDouble()) - 1))));
        }

        return this;
    }

    /// <summary>The rhythm of the clause.</summary>
    public Synth Rhythm(double unitSeconds = 0.1, double hz = 800, double at = 2, double amplitude = 0.3) => Morse(".- ..", unitSeconds, hz, at, amplitude);

    /// <summary>A tone with edges of 3 ms.</summary>
    public Synth Tone(double hz, double at, double seconds, double amplitude, double decaySeconds = 0)
    {
        var first = (int)(at * Rate);
        var count = (int)(seconds * Rate);
        for (var i = 0; i < count && first + i < _samples.Length; i++)
        {
            var edge = Math.Min(1, Math.Min(i, count - 1 - i) / (0.003 * Rate));
            var decay = decaySeconds > 0 ? Math.Exp(-i / (decaySeconds * Rate)) : 1;
            _samples[first + i] += (float)(amplitude * edge * decay * Math.Sin(2 * Math.PI * hz * i / Rate));
        }

        return this;
    }

    public Synth Noise(double amplitude)
    {
        for (var i = 0; i < _samples.Length; i++)
            _samples[i] += (float)(amplitude * ((2 * _random.NextDouble()) - 1));
        return this;
    }

    /// <summary>Chords and a melody of decaying notes with partials, on a beat; its RMS is the given one.</summary>
    public Synth Music(double rms, double beatSeconds = 0.25)
    {
        var music = new Synth((double)_samples.Length / Rate, _random.Next());
        double[] scale = [220, 246.9, 261.6, 293.7, 329.6, 349.2, 392, 440, 493.9, 523.3, 587.3, 659.3];
        for (var at = 0.0; at < (double)_samples.Length / Rate; at += beatSeconds)
        {
            for (var voice = 0; voice < 3; voice++)
            {
                var hz = scale[_random.Next(scale.Length)] * (voice == 0 ? 0.5 : 1);
                var length = beatSeconds * (1 + _random.Next(4));
                for (var partial = 1; partial <= 6; partial++)
                    music.Tone(hz * partial, at, length, 1.0 / partial, decaySeconds: length / 2);
            }
        }

        return Mix(music._samples, rms);
    }

    /// <summary>Syllables: pulses at a gliding pitch through three formants, with pauses.</summary>
    public Synth Speech(double rms, double at = 0, double seconds = double.PositiveInfinity, double pitch = 120)
    {
        var voice = new float[_samples.Length];
        var end = Math.Min((double)_samples.Length / Rate, at + seconds);
        double[][] vowels = [[730, 1090, 2440], [270, 2290, 3010], [300, 870, 2240], [530, 1840, 2480], [570, 840, 2410], [660, 1720, 2410]];
        while (at < end)
        {
            var vowel = vowels[_random.Next(vowels.Length)];
            var length = 0.09 + (0.16 * _random.NextDouble());
            Syllable(voice, at, Math.Min(length, end - at), pitch * (0.85 + (0.3 * _random.NextDouble())), vowel);
            at += length + (_random.Next(6) == 0 ? 0.35 : 0.03 + (0.05 * _random.NextDouble()));
        }

        return Mix(voice, rms);
    }

    public Synth Scale(double factor)
    {
        for (var i = 0; i < _samples.Length; i++)
            _samples[i] *= (float)factor;
        return this;
    }

    public Synth Insert(ReadOnlySpan<float> sound, double at, double gain = 1)
    {
        var first = (int)(at * Rate);
        for (var i = 0; i < sound.Length && first + i < _samples.Length; i++)
            _samples[first + i] += (float)(gain * sound[i]);
        return this;
    }

    public static SoundPicture Picture(ReadOnlySpan<float> samples)
    {
        var picture = new SoundPicture();
        picture.Read(samples);
        return picture;
    }

    public IReadOnlyList<AudibleMark> Rhythms(bool isStart = false)
    {
        var marks = new List<AudibleMark>();
        new RhythmDetector(new RhythmOptions()).Find(Picture(_samples), MediaTime.Zero, isStart, marks);
        return marks;
    }

    private Synth Mix(float[] sound, double rms)
    {
        var own = Math.Sqrt(sound.Sum(s => (double)s * s) / sound.Count(s => s != 0));
        return Insert(sound, 0, rms / own);
    }

    private void Syllable(float[] voice, double at, double seconds, double pitch, double[] formants)
    {
        var first = (int)(at * Rate);
        var count = Math.Min((int)(seconds * Rate), voice.Length - first);
        var phase = 0.0;
        Span<double> one = stackalloc double[3];
        Span<double> two = stackalloc double[3];
        for (var i = 0; i < count; i++)
        {
            phase += pitch * (1 + (0.1 * i / count)) / Rate;
            var pulse = phase >= 1 ? 1.0 : 0;
            phase -= Math.Floor(phase);
            var sum = 0.0;
            for (var f = 0; f < 3; f++)
            {
                // A resonator of 80 Hz bandwidth.
                var r = Math.Exp(-Math.PI * 80 / Rate);
                var y = pulse + (2 * r * Math.Cos(2 * Math.PI * formants[f] / Rate) * one[f]) - (r * r * two[f]);
                (two[f], one[f]) = (one[f], y);
                sum += y / (f + 1);
            }

            voice[first + i] += (float)(sum * Math.Sin(Math.PI * i / count));
        }
    }
}
