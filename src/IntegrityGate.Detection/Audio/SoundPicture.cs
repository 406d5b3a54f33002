using System.Numerics.Tensors;
using IntegrityGate.Core.Audio;

namespace IntegrityGate.Detection.Audio;

/// <summary>
/// A window of sound in the forms in which the detectors read it: the level of each frequency over time, and mel bands. Its memory is kept
/// from window to window; not safe for several threads.
/// </summary>
internal sealed class SoundPicture
{
    /// <summary>512 samples a spectrum (32 ms, bins of 31.25 Hz): short enough for the gaps of a fast rhythm, long enough to part a tone from the music around it.</summary>
    public const int SpectrumSize = 512;

    /// <summary>160 samples (10 ms) from one spectrum to the next.</summary>
    public const int Hop = 160;

    /// <summary>Frequencies of a spectrum.</summary>
    public const int Bins = SpectrumSize / 2;

    /// <summary>Spectra of one mel column: 20 ms, the usual step of speech features.</summary>
    public const int FramesPerColumn = 2;

    /// <summary>32 mel bands from 100 Hz to 7 kHz: where speech is, and inside what AAC keeps at 64 kbit/s.</summary>
    public const int Bands = 32;

    /// <summary>Level of digital silence, dB.</summary>
    public const float Floor = -120;

    private static readonly float[][] s_bands = MelBands();

    private readonly RealSpectrum _spectrum = new(SpectrumSize);
    private readonly float[] _power = new float[Bins];
    private readonly float[] _column = new float[Bins];
    private float[] _levels = [];
    private float[] _frameLevels = [];
    private float[] _mel = [];

    /// <summary>Hz between two bins.</summary>
    public static double BinHz => (double)AudioWindow.SampleRate / SpectrumSize;

    /// <summary>Seconds from one spectrum to the next.</summary>
    public static double HopSeconds => (double)Hop / AudioWindow.SampleRate;

    /// <summary>Spectra.</summary>
    public int Frames { get; private set; }

    /// <summary>Mel columns.</summary>
    public int Columns => Frames / FramesPerColumn;

    /// <summary>Level of each spectrum over all frequencies, dB; a full-scale sine has about 0.</summary>
    public ReadOnlySpan<float> FrameLevels => _frameLevels.AsSpan(0, Frames);

    /// <summary>Mel levels, dB, <see cref="Bands"/> a column, column after column.</summary>
    public ReadOnlySpan<float> Mel => _mel.AsSpan(0, Columns * Bands);

    /// <summary>Level of one frequency over time, dB, a value a spectrum.</summary>
    public ReadOnlySpan<float> Levels(int bin) => _levels.AsSpan(bin * Frames, Frames);

    /// <summary>Reads a window.</summary>
    /// <param name="samples">At <see cref="AudioWindow.SampleRate"/>.</param>
    public void Read(ReadOnlySpan<float> samples)
    {
        Frames = samples.Length < SpectrumSize ? 0 : ((samples.Length - SpectrumSize) / Hop) + 1;
        Grow(ref _levels, Frames * Bins);
        Grow(ref _frameLevels, Frames);
        Grow(ref _mel, Columns * Bands);
        _column.AsSpan().Clear();
        for (var frame = 0; frame < Frames; frame++)
        {
            _spectrum.Read(samples.Slice(frame * Hop, SpectrumSize), _power);
            // 3/2 is the noise bandwidth of the Hann window in bins: the sum over a tone's bins is that much too high.
            _frameLevels[frame] = TensorPrimitives.Sum<float>(_power) / 1.5f;
            for (var bin = 0; bin < Bins; bin++)
                _levels[(bin * Frames) + frame] = _power[bin];
            TensorPrimitives.Add(_column, _power, _column);
            if (frame % FramesPerColumn == FramesPerColumn - 1)
                CloseColumn(frame / FramesPerColumn);
        }

        ToDecibels(_levels.AsSpan(0, Frames * Bins));
        ToDecibels(_frameLevels.AsSpan(0, Frames));
        ToDecibels(_mel.AsSpan(0, Columns * Bands));
    }

    private void CloseColumn(int column)
    {
        for (var band = 0; band < Bands; band++)
            _mel[(column * Bands) + band] = TensorPrimitives.Dot<float>(_column, s_bands[band]) / FramesPerColumn;
        _column.AsSpan().Clear();
    }

    private static void ToDecibels(Span<float> powers)
    {
        TensorPrimitives.Max(powers, 1e-12f, powers);
        TensorPrimitives.Log10(powers, powers);
        TensorPrimitives.Multiply(powers, 10f, powers);
    }

    private static void Grow(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new float[length];
    }

    // Triangles of equal width on the mel scale (O'Shaughnessy: 2595 log10(1 + f/700)), each reaching to its neighbours' tops.
    private static float[][] MelBands()
    {
        const double Lowest = 100;
        const double Highest = 7000;
        var (low, high) = (ToMel(Lowest), ToMel(Highest));
        var bands = new float[Bands][];
        for (var band = 0; band < Bands; band++)
        {
            var weights = bands[band] = new float[Bins];
            var (left, top, right) = (Edge(band), Edge(band + 1), Edge(band + 2));
            for (var bin = 0; bin < Bins; bin++)
            {
                var hz = bin * BinHz;
                weights[bin] = (float)Math.Max(0, hz <= top ? (hz - left) / (top - left) : (right - hz) / (right - top));
            }
        }

        return bands;

        double Edge(int index) => 700 * (Math.Pow(10, (low + ((high - low) * index / (Bands + 1))) / 2595) - 1);

        static double ToMel(double hz) => 2595 * Math.Log10(1 + (hz / 700));
    }
}
