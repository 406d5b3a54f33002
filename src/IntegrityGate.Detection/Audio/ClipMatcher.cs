using System.Numerics.Tensors;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Detection.Audio;

/// <summary>
/// Finds the operator's spoken labels in a window: the correlation of their mel levels with the window's at every 20 ms. A clip is found
/// where it was played as it is, through whatever coder, volume and channel and with music under it; the same words by another speaker are
/// not. Not safe for several threads.
/// </summary>
/// <param name="clips">The clips.</param>
/// <param name="minCorrelation">Least correlation that counts, 0 to 1.</param>
internal sealed class ClipMatcher(IReadOnlyList<SpokenClip> clips, double minCorrelation = ClipMatcher.DefaultMinCorrelation)
{
    /// <summary>
    /// 0.6: a clip under music 12 dB fainter and AAC at 64 kbit/s stays above 0.7 and other speech under 0.55, as the suite measures.
    /// </summary>
    public const double DefaultMinCorrelation = 0.6;

    // Below the window's loudest cell: rooms and codecs fill what lies deeper.
    private const float DepthDb = 45;

    // dB: under it, a window's cells are a coder's noise.
    private const float QuietestDb = -75;
    private const int MaxMarks = 16;

    private readonly float[] _bandMotion = new float[SoundPicture.Bands];
    private float[] _features = [];
    private float[] _sums = [];
    private float[] _squares = [];
    private float[] _correlations = [];

    /// <summary>Finds the clips in a window.</summary>
    /// <param name="picture">The window.</param>
    /// <param name="at">Media time of its first sample.</param>
    /// <param name="marks">Receives what was found.</param>
    public void Find(SoundPicture picture, MediaTime at, List<AudibleMark> marks)
    {
        if (clips.Count == 0 || picture.Columns == 0)
            return;
        var cells = picture.Columns * SoundPicture.Bands;
        Grow(ref _features, cells);
        ReadFeatures(picture, _features.AsSpan(0, cells), 0);
        AddUp(picture.Columns);
        foreach (var clip in clips)
            Find(clip, picture.Columns, at, marks);
    }

    /// <summary>Mel levels in bels above the floor that counts.</summary>
    /// <param name="picture">The sound.</param>
    /// <param name="features">Receives them, column after column; as many columns as it has room for.</param>
    /// <param name="first">First column.</param>
    internal static void ReadFeatures(SoundPicture picture, Span<float> features, int first)
    {
        var mel = picture.Mel.Slice(first * SoundPicture.Bands, features.Length);
        var floor = Math.Max(TensorPrimitives.Max(mel) - DepthDb, QuietestDb);
        TensorPrimitives.Max(mel, floor, features);
        TensorPrimitives.Subtract(features, floor, features);
        TensorPrimitives.Divide(features, 10f, features);
    }

    private void Find(SpokenClip clip, int columns, MediaTime at, List<AudibleMark> marks)
    {
        var offsets = columns - clip.Columns + 1;
        if (offsets <= 0)
            return;
        Grow(ref _correlations, offsets);
        for (var offset = 0; offset < offsets; offset++)
        {
            var motion = Motion(offset, clip.Columns);
            // As for a clip itself: less motion is no speech, and dividing by it would make correlations of nothing.
            _correlations[offset] = motion < 0.3 * Math.Sqrt(clip.Features.Length)
                ? 0
                : (float)(TensorPrimitives.Dot(clip.Features, _features.AsSpan(offset * SoundPicture.Bands, clip.Features.Length)) / motion);
        }

        var left = _correlations.AsSpan(0, offsets);
        while (marks.Count < MaxMarks && TensorPrimitives.IndexOfMax<float>(left) is var best && left[best] >= minCorrelation)
        {
            var start = at + TimeSpan.FromSeconds(best * SoundPicture.FramesPerColumn * SoundPicture.HopSeconds);
            marks.Add(new AudibleMark(AudibleMarkKind.Spoken, clip.Name, start, clip.Length, Math.Min(1, left[best]), minCorrelation, null));
            left[Math.Max(0, best - clip.Columns + 1)..Math.Min(offsets, best + clip.Columns)].Clear();
        }
    }

    // The norm of a stretch without each band's mean, by sums up to each column.
    private double Motion(int offset, int columns)
    {
        var from = offset * SoundPicture.Bands;
        var to = (offset + columns) * SoundPicture.Bands;
        TensorPrimitives.Subtract(_sums.AsSpan(to, SoundPicture.Bands), _sums.AsSpan(from, SoundPicture.Bands), _bandMotion);
        var means = TensorPrimitives.SumOfSquares<float>(_bandMotion) / columns;
        TensorPrimitives.Subtract(_squares.AsSpan(to, SoundPicture.Bands), _squares.AsSpan(from, SoundPicture.Bands), _bandMotion);
        return Math.Sqrt(Math.Max(0, TensorPrimitives.Sum<float>(_bandMotion) - means));
    }

    private void AddUp(int columns)
    {
        Grow(ref _sums, (columns + 1) * SoundPicture.Bands);
        Grow(ref _squares, (columns + 1) * SoundPicture.Bands);
        _sums.AsSpan(0, SoundPicture.Bands).Clear();
        _squares.AsSpan(0, SoundPicture.Bands).Clear();
        for (var column = 0; column < columns; column++)
        {
            var (before, after) = (column * SoundPicture.Bands, (column + 1) * SoundPicture.Bands);
            var cells = _features.AsSpan(before, SoundPicture.Bands);
            TensorPrimitives.Add(_sums.AsSpan(before, SoundPicture.Bands), cells, _sums.AsSpan(after, SoundPicture.Bands));
            TensorPrimitives.MultiplyAdd(cells, cells, _squares.AsSpan(before, SoundPicture.Bands), _squares.AsSpan(after, SoundPicture.Bands));
        }
    }

    private static void Grow(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new float[length];
    }
}
