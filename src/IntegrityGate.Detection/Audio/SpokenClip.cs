using System.Numerics.Tensors;

namespace IntegrityGate.Detection.Audio;

/// <summary>
/// A spoken label that an operator supplied, as it is looked for: its mel levels, without each band's mean and of unit length, so that
/// loudness and the colour of a channel fall out of the comparison. Nothing is transcribed. Immutable.
/// </summary>
public sealed class SpokenClip
{
    /// <summary>0.8 s: anything shorter is found in other speech.</summary>
    public const double ShortestSeconds = 0.8;

    /// <summary>8 s: the two elements of the wording, spoken at 120 characters a minute (GB 45438-2025 5.3), take three.</summary>
    public const double LongestSeconds = 8;

    private readonly float[] _features;

    private SpokenClip(string name, float[] features)
    {
        Name = name;
        _features = features;
    }

    /// <summary>The file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>How long it is.</summary>
    public TimeSpan Length => TimeSpan.FromSeconds(Columns * SoundPicture.FramesPerColumn * SoundPicture.HopSeconds);

    /// <summary>Mel columns.</summary>
    internal int Columns => _features.Length / SoundPicture.Bands;

    /// <summary>Features, column after column.</summary>
    internal ReadOnlySpan<float> Features => _features;

    /// <summary>Reads a clip; silence at its ends is cut off.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="samples">At <see cref="Core.Audio.AudioWindow.SampleRate"/>.</param>
    /// <param name="reason">Why it cannot be used; null when it can.</param>
    public static SpokenClip? TryRead(string name, ReadOnlySpan<float> samples, out string? reason)
    {
        reason = null;
        var picture = new SoundPicture();
        picture.Read(samples);
        var (first, last) = Sounding(picture);
        var seconds = (last - first) * SoundPicture.FramesPerColumn * SoundPicture.HopSeconds;
        if (seconds < ShortestSeconds || seconds > LongestSeconds)
        {
            reason = FormattableString.Invariant($"has {seconds:0.0} s of sound, must have {ShortestSeconds} to {LongestSeconds} s");
            return null;
        }

        var features = new float[(last - first) * SoundPicture.Bands];
        ClipMatcher.ReadFeatures(picture, features, first);
        Centre(features);
        var norm = TensorPrimitives.Norm<float>(features);
        // 0.3 bel: 3 dB a cell is the least motion that speech has; a hum or a noise has less.
        if (norm < 0.3 * Math.Sqrt(features.Length))
        {
            reason = "holds a steady sound and no speech";
            return null;
        }

        TensorPrimitives.Divide(features, norm, features);
        return new SpokenClip(name, features);
    }

    private static (int First, int Last) Sounding(SoundPicture picture)
    {
        if (picture.Columns == 0)
            return (0, 0);
        var least = Math.Max(TensorPrimitives.Max(picture.FrameLevels) - 40, (float)SpeechGate.SilenceDb);
        var (first, last) = (0, picture.Columns);
        while (first < last && picture.FrameLevels[first * SoundPicture.FramesPerColumn] < least)
            first++;
        while (last > first && picture.FrameLevels[(last - 1) * SoundPicture.FramesPerColumn] < least)
            last--;
        return (first, last);
    }

    private static void Centre(float[] features)
    {
        var columns = features.Length / SoundPicture.Bands;
        var mean = new float[SoundPicture.Bands];
        for (var column = 0; column < columns; column++)
            TensorPrimitives.Add(mean, features.AsSpan(column * SoundPicture.Bands, SoundPicture.Bands), mean);
        TensorPrimitives.Divide(mean, columns, mean);
        for (var column = 0; column < columns; column++)
        {
            var span = features.AsSpan(column * SoundPicture.Bands, SoundPicture.Bands);
            TensorPrimitives.Subtract(span, mean, span);
        }
    }
}
