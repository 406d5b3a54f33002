using System.Numerics.Tensors;
using IntegrityGate.Core.Audio;

namespace IntegrityGate.Detection.Audio;

/// <summary>
/// Says how much of a window is speech, simply: stretches that have a pitch of a human voice, several partials, and the loudness of
/// syllables. It decides whether the synthetic-voice detector is asked; nothing else hangs on it.
/// </summary>
/// <remarks>
/// A 40 ms stretch, taken every 20 ms, is voiced when the normalised autocorrelation of the sound under 2 kHz has a peak of 0.55 or more
/// at a period of 70 to 400 Hz (the range of speaking voices), it is not quieter than 30 dB under the window's loudest, and no single
/// frequency holds 85 % of its power (a tone has a period, too). Speech is those stretches and 100 ms around each, when they make up 5 to
/// 97 % of the window and its loudness moves as syllables do: 3 dB or more of standard deviation over the voiced stretches' surroundings.
/// </remarks>
internal sealed class SpeechGate
{
    /// <summary>-55 dB: a window as quiet holds nothing that anybody hears.</summary>
    public const double SilenceDb = -55;

    private const int Decimation = 4;
    private const int Rate = AudioWindow.SampleRate / Decimation;
    private const int Stretch = Rate * 40 / 1000;
    private const int Step = Rate * 20 / 1000;
    private const int ShortestPeriod = Rate / 400;
    private const int LongestPeriod = Rate / 70;
    private const float LeastPeriodicity = 0.55f;
    private const float BelowTopDb = 30;
    private const float LargestTone = 0.85f;
    private const double LeastMotionDb = 3;
    private const int AroundSteps = 5;

    private float[] _low = [];
    private bool[] _voiced = [];
    private bool[] _speech = [];

    /// <summary>The level of a window: RMS against a full-scale sine's, dB.</summary>
    public static double LevelOf(ReadOnlySpan<float> samples) => samples.IsEmpty
        ? SoundPicture.Floor
        : Math.Max(SoundPicture.Floor, 10 * Math.Log10((2.0 * TensorPrimitives.SumOfSquares(samples) / samples.Length) + 1e-12));

    /// <summary>The share of a window that is speech, 0 to 1.</summary>
    /// <param name="samples">The window.</param>
    /// <param name="picture">The same window.</param>
    public double Measure(ReadOnlySpan<float> samples, SoundPicture picture)
    {
        if (picture.Columns == 0)
            return 0;
        var steps = Math.Min(picture.Columns, Decimate(samples) < Stretch + LongestPeriod ? 0 : ((samples.Length / Decimation) - Stretch - LongestPeriod) / Step);
        if (steps < AroundSteps)
            return 0;
        if (_voiced.Length < steps)
            (_voiced, _speech) = (new bool[steps], new bool[steps]);
        var loud = TensorPrimitives.Max(picture.FrameLevels) - BelowTopDb;
        for (var step = 0; step < steps; step++)
            _voiced[step] = picture.FrameLevels[step * SoundPicture.FramesPerColumn] >= Math.Max(loud, SilenceDb) && !IsTone(picture, step) && IsPeriodic(step * Step);
        return Share(steps, picture, loud);
    }

    private double Share(int steps, SoundPicture picture, float loud)
    {
        var voiced = _voiced.AsSpan(0, steps).Count(true);
        if (voiced < 0.05 * steps || voiced > 0.97 * steps)
            return 0;
        var speech = _speech.AsSpan(0, steps);
        speech.Clear();
        for (var step = 0; step < steps; step++)
        {
            if (_voiced[step])
                speech[Math.Max(0, step - AroundSteps)..Math.Min(steps, step + AroundSteps + 1)].Fill(true);
        }

        var (sum, squares, count) = (0.0, 0.0, 0);
        for (var step = 0; step < steps; step++)
        {
            if (!speech[step])
                continue;
            var level = Math.Max(picture.FrameLevels[step * SoundPicture.FramesPerColumn], loud);
            (sum, squares, count) = (sum + level, squares + ((double)level * level), count + 1);
        }

        var motion = Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
        return motion >= LeastMotionDb ? (double)count / steps : 0;
    }

    // The mean of four samples: what it lets through above 2 kHz is 13 dB down and more, enough for a pitch.
    private int Decimate(ReadOnlySpan<float> samples)
    {
        var length = samples.Length / Decimation;
        if (_low.Length < length)
            _low = new float[length];
        for (var i = 0; i < length; i++)
            _low[i] = samples[4 * i] + samples[(4 * i) + 1] + samples[(4 * i) + 2] + samples[(4 * i) + 3];
        return length;
    }

    private bool IsPeriodic(int at)
    {
        ReadOnlySpan<float> stretch = _low.AsSpan(at, Stretch);
        var own = TensorPrimitives.SumOfSquares(stretch);
        if (own <= 1e-9f)
            return false;
        for (var period = ShortestPeriod; period <= LongestPeriod; period++)
        {
            ReadOnlySpan<float> later = _low.AsSpan(at + period, Stretch);
            if (TensorPrimitives.Dot(stretch, later) >= LeastPeriodicity * MathF.Sqrt(own * TensorPrimitives.SumOfSquares(later)))
                return true;
        }

        return false;
    }

    private static bool IsTone(SoundPicture picture, int step)
    {
        var frame = step * SoundPicture.FramesPerColumn;
        var top = float.MinValue;
        for (var bin = 2; bin < SoundPicture.Bins; bin++)
            top = Math.Max(top, picture.Levels(bin)[frame]);
        return top >= picture.FrameLevels[frame] + (10 * MathF.Log10(LargestTone));
    }
}
