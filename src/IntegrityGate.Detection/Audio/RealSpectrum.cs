using System.Numerics;

namespace IntegrityGate.Detection.Audio;

/// <summary>
/// Power spectrum of a stretch of samples under a Hann window, by a radix-2 transform of half the length (two real samples make one complex
/// one). Allocation-free; its stages run on vectors where they are wide enough. Not safe for several threads: it holds its work space.
/// </summary>
internal sealed class RealSpectrum
{
    private readonly int _half;
    private readonly float[] _window;
    private readonly int[] _reversed;
    private readonly float[] _cosines;
    private readonly float[] _sines;
    private readonly float[] _re;
    private readonly float[] _im;
    private readonly float[] _splitCosines;
    private readonly float[] _splitSines;

    /// <param name="size">Samples; a power of two from 8.</param>
    public RealSpectrum(int size)
    {
        Size = size;
        _half = size / 2;
        _window = new float[size];
        for (var i = 0; i < size; i++)
            _window[i] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / size)));
        // A sine of amplitude 1 then has power 1 in its bin.
        var scale = 2 / _window.Sum();
        for (var i = 0; i < size; i++)
            _window[i] *= scale;
        var bits = BitOperations.Log2((uint)_half);
        _reversed = new int[_half];
        for (var i = 0; i < _half; i++)
        {
            for (var bit = 0; bit < bits; bit++)
                _reversed[i] |= ((i >> bit) & 1) << (bits - 1 - bit);
        }

        // The twiddle factors of each stage lie one after the other: 1, 2, 4 … of them, so a stage reads a straight run.
        _cosines = new float[_half];
        _sines = new float[_half];
        for (var length = 1; length < _half; length *= 2)
        {
            for (var i = 0; i < length; i++)
            {
                var (sine, cosine) = Math.SinCos(-Math.PI * i / length);
                _cosines[length + i] = (float)cosine;
                _sines[length + i] = (float)sine;
            }
        }

        _splitCosines = new float[_half];
        _splitSines = new float[_half];
        for (var k = 0; k < _half; k++)
        {
            var (sine, cosine) = Math.SinCos(-2 * Math.PI * k / size);
            _splitCosines[k] = (float)cosine;
            _splitSines[k] = (float)sine;
        }

        _re = new float[_half];
        _im = new float[_half];
    }

    /// <summary>Samples of a stretch.</summary>
    public int Size { get; }

    /// <summary>Bins of a spectrum: half of <see cref="Size"/>.</summary>
    public int Bins => _half;

    /// <summary>Transforms.</summary>
    /// <param name="samples"><see cref="Size"/> samples.</param>
    /// <param name="power"><see cref="Bins"/> powers; a full-scale sine has 1 in its bin.</param>
    public void Read(ReadOnlySpan<float> samples, Span<float> power)
    {
        for (var i = 0; i < _half; i++)
        {
            var to = _reversed[i];
            _re[to] = samples[2 * i] * _window[2 * i];
            _im[to] = samples[(2 * i) + 1] * _window[(2 * i) + 1];
        }

        for (var length = 1; length < _half; length *= 2)
            Stage(length);
        Split(power);
    }

    private void Stage(int length)
    {
        var cosines = _cosines.AsSpan(length, length);
        var sines = _sines.AsSpan(length, length);
        for (var start = 0; start < _half; start += 2 * length)
        {
            var re0 = _re.AsSpan(start, length);
            var im0 = _im.AsSpan(start, length);
            var re1 = _re.AsSpan(start + length, length);
            var im1 = _im.AsSpan(start + length, length);
            var i = 0;
            for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var (c, s) = (new Vector<float>(cosines[i..]), new Vector<float>(sines[i..]));
                var (ar, ai) = (new Vector<float>(re0[i..]), new Vector<float>(im0[i..]));
                var (br, bi) = (new Vector<float>(re1[i..]), new Vector<float>(im1[i..]));
                var (tr, ti) = ((br * c) - (bi * s), (br * s) + (bi * c));
                (ar + tr).CopyTo(re0[i..]);
                (ai + ti).CopyTo(im0[i..]);
                (ar - tr).CopyTo(re1[i..]);
                (ai - ti).CopyTo(im1[i..]);
            }

            for (; i < length; i++)
            {
                var tr = (re1[i] * cosines[i]) - (im1[i] * sines[i]);
                var ti = (re1[i] * sines[i]) + (im1[i] * cosines[i]);
                (re1[i], im1[i]) = (re0[i] - tr, im0[i] - ti);
                (re0[i], im0[i]) = (re0[i] + tr, im0[i] + ti);
            }
        }
    }

    // From the transform of the even samples plus i times the odd ones to that of the real signal.
    private void Split(Span<float> power)
    {
        for (var k = 0; k < _half; k++)
        {
            var mirror = (_half - k) & (_half - 1);
            var (evenRe, evenIm) = ((_re[k] + _re[mirror]) / 2, (_im[k] - _im[mirror]) / 2);
            var (oddRe, oddIm) = ((_im[k] + _im[mirror]) / 2, (_re[mirror] - _re[k]) / 2);
            var re = evenRe + (oddRe * _splitCosines[k]) - (oddIm * _splitSines[k]);
            var im = evenIm + (oddRe * _splitSines[k]) + (oddIm * _splitCosines[k]);
            power[k] = (re * re) + (im * im);
        }
    }
}
