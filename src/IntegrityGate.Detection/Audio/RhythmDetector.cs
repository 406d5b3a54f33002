using System.Numerics.Tensors;
using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Detection.Audio;

/// <summary>
/// Finds the audible label of GB 45438-2025 5.3, short-long, short-short, played by an evenly keyed tone of any pitch. It looks at each
/// frequency by itself, so that music at other pitches does not matter; where the tone is half as high as at its top, its edges stand at
/// their true times, whatever the window of the spectrum blurs. Not safe for several threads.
/// </summary>
/// <param name="options">Tolerances.</param>
internal sealed class RhythmDetector(RhythmOptions options)
{
    // The tone may be far under the loudest sound at its pitch (speech before it); each step tries another height.
    private const float ThresholdStepDb = 2.5f;
    private const int ThresholdSteps = 10;
    private const int BesideBins = 5;
    private const int MaxMarks = 8;

    private readonly LevelRuns _runs = new();
    private readonly List<double> _heights = [];

    /// <summary>Finds the rhythms in a window.</summary>
    /// <param name="picture">The window.</param>
    /// <param name="at">Media time of its first sample.</param>
    /// <param name="isStart">True when the stream begins with it, so that nothing can be before it.</param>
    /// <param name="marks">Receives them; one that is heard at several frequencies counts once.</param>
    public void Find(SoundPicture picture, MediaTime at, bool isStart, List<AudibleMark> marks)
    {
        _heights.Clear();
        if (picture.Frames == 0)
            return;
        var known = marks.Count;
        var first = Math.Max(BesideBins, (int)Math.Ceiling(options.LowestHz / SoundPicture.BinHz));
        var last = Math.Min(SoundPicture.Bins - BesideBins - 1, (int)(options.HighestHz / SoundPicture.BinHz));
        for (var bin = first; bin <= last; bin++)
        {
            var levels = picture.Levels(bin);
            var top = TensorPrimitives.Max(levels);
            // The threshold of the faintest tone that counts stands 6 dB under it.
            for (var step = 0; step < ThresholdSteps && top - 6 - (step * ThresholdStepDb) is var threshold && threshold >= options.MinLevelDb - 6; step++)
            {
                _runs.Find(levels, threshold);
                var runs = _runs.Runs;
                for (var i = 0; i + 3 < runs.Length; i++)
                {
                    if (Read(picture, bin, threshold, runs, i, isStart) is var (strength, height, from, length) && strength >= options.MinStrength)
                        Keep(marks, known, MarkOf(at, bin, strength, from, length), height);
                }
            }
        }
    }

    private AudibleMark MarkOf(MediaTime at, int bin, double strength, double from, double length) => new(
        AudibleMarkKind.Rhythm,
        "",
        at + TimeSpan.FromSeconds(TimeOf(from)),
        TimeSpan.FromSeconds(length * SoundPicture.HopSeconds),
        strength,
        options.MinStrength,
        bin * SoundPicture.BinHz);

    // A spectrum's time is that of its middle.
    private static double TimeOf(double frame) => (frame * SoundPicture.HopSeconds) + (SoundPicture.SpectrumSize / 2.0 / AudioWindow.SampleRate);

    private (double Strength, double Height, double From, double Length) Read(
        SoundPicture picture, int bin, float threshold, ReadOnlySpan<(int On, int Off)> runs, int i, bool isStart)
    {
        var levels = picture.Levels(bin);
        // What whole frames say, before anything is measured: most candidates end here.
        var shorts = (runs[i].Off - runs[i].On + runs[i + 2].Off - runs[i + 2].On + runs[i + 3].Off - runs[i + 3].On) / 3.0;
        if (runs[i + 1].Off - runs[i + 1].On < 1.5 * shorts || shorts * SoundPicture.HopSeconds > 1.5 * options.LongestUnitSeconds)
            return default;
        Span<double> edges = stackalloc double[8];
        for (var run = 0; run < 4; run++)
        {
            edges[2 * run] = Crossing(levels, threshold, runs[i + run].On);
            edges[(2 * run) + 1] = Crossing(levels, threshold, runs[i + run].Off);
        }

        var timing = new RhythmTiming(
            edges[1] - edges[0], edges[2] - edges[1], edges[3] - edges[2], edges[4] - edges[3], edges[5] - edges[4], edges[6] - edges[5], edges[7] - edges[6]);
        var unit = timing.Unit;
        if (unit * SoundPicture.HopSeconds < options.ShortestUnitSeconds || unit * SoundPicture.HopSeconds > options.LongestUnitSeconds)
            return default;
        var strength = timing.Fit(options);
        if (strength < options.MinStrength)
            return default;
        var before = i > 0 ? edges[0] - runs[i - 1].Off : isStart ? double.PositiveInfinity : edges[0];
        var after = (i + 4 < runs.Length ? runs[i + 4].On : picture.Frames) - edges[7];
        if (before < options.Margin * unit || after < options.Margin * unit)
            return default;
        return HeightOf(picture, bin, threshold, runs.Slice(i, 4)) is { } height ? (strength, height, edges[0], timing.Total) : default;
    }

    // The level of the tones, dB; null when they are not one tone, evenly keyed.
    private double? HeightOf(SoundPicture picture, int bin, float threshold, ReadOnlySpan<(int On, int Off)> tones)
    {
        var levels = picture.Levels(bin);
        var (loudest, faintest, beside, off) = (double.MinValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var (on, end) in tones)
        {
            // Without the flanks, which the spectrum's window draws over two frames.
            var trim = end - on >= 6 ? 2 : end - on >= 4 ? 1 : 0;
            var (from, length) = (on + trim, end - on - (2 * trim));
            var inner = levels.Slice(from, length);
            var mean = TensorPrimitives.Average(inner);
            if (length >= 3 && TensorPrimitives.StdDev(inner) > options.MaxSwellDb)
                return null;
            (loudest, faintest) = (Math.Max(loudest, mean), Math.Min(faintest, mean));
            beside = Math.Max(beside, TensorPrimitives.Average(picture.Levels(bin - BesideBins).Slice(from, length)) - mean);
            beside = Math.Max(beside, TensorPrimitives.Average(picture.Levels(bin + BesideBins).Slice(from, length)) - mean);
        }

        for (var gap = 0; gap < 3; gap++)
        {
            var (from, to) = (tones[gap].Off, tones[gap + 1].On);
            var middle = (to - from) / 4;
            off = Math.Max(off, TensorPrimitives.Average(levels[(from + middle)..Math.Max(from + middle + 1, to - middle)]));
        }

        return loudest - faintest <= options.MaxUnevennessDb
            && faintest >= options.MinLevelDb
            && faintest - off >= options.MinContrastDb
            && -beside >= options.MinTonalityDb
            // Half the height of the tone, give or take a step: elsewhere the lengths would be the window's.
            && faintest - threshold is >= 3.5 and <= 9
            ? loudest : null;
    }

    // Between two spectra, by a straight line.
    private static double Crossing(ReadOnlySpan<float> levels, float threshold, int at)
    {
        if (at == 0 || at >= levels.Length)
            return at;
        var (below, above) = (levels[at - 1], levels[at]);
        return at - 1 + Math.Clamp((threshold - below) / (above - below), 0, 1);
    }

    // A tone is heard at the frequencies beside its own too, and a chord at several: the loudest speaks for all of them.
    private void Keep(List<AudibleMark> marks, int first, AudibleMark mark, double height)
    {
        for (var i = first; i < marks.Count; i++)
        {
            if (marks[i].At >= mark.At + mark.Length || mark.At >= marks[i].At + marks[i].Length)
                continue;
            if (height > _heights[i - first])
                (marks[i], _heights[i - first]) = (mark, height);
            return;
        }

        if (marks.Count - first >= MaxMarks)
            return;
        marks.Add(mark);
        _heights.Add(height);
    }
}
