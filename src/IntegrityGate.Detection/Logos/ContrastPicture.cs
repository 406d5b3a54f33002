using System.Numerics;
using System.Runtime.InteropServices;

namespace IntegrityGate.Detection.Logos;

/// <summary>
/// A picture as logos are compared with it: each px's luma above or below the mean of its surroundings, clipped, so that a faint
/// logo on a busy ground weighs as much as the ground's strong edges; and the sums that a correlation is normalised with. It grows to
/// the largest size asked of it and keeps that memory.
/// </summary>
internal sealed class ContrastPicture
{
    /// <summary>32 levels: what an all-white logo of opacity 0.4 does to a ground of luma 175; stronger edges say no more.</summary>
    public const int Clip = 32;

    // A block of positions may read past the last row's end.
    private const int Padding = 128;

    private float[] _contrast = [];
    private int[] _luma = [];
    private int[] _sums = [];
    private int[] _squares = [];

    /// <summary>Width, px.</summary>
    public int Width { get; private set; }

    /// <summary>Height, px.</summary>
    public int Height { get; private set; }

    /// <summary>The contrast, row by row, and some padding.</summary>
    public ReadOnlySpan<float> Contrast => _contrast;

    /// <summary>Makes it from luma.</summary>
    /// <param name="luma">0..255, row by row.</param>
    /// <param name="width">Width, px.</param>
    /// <param name="height">Height, px.</param>
    /// <param name="radius">The surroundings reach so far each way, px.</param>
    public void Make(ReadOnlySpan<byte> luma, int width, int height, int radius)
    {
        Reset(width, height);
        Integrate(luma, _luma);
        var stride = width + 1;
        for (var y = 0; y < height; y++)
        {
            var top = Math.Max(y - radius, 0) * stride;
            var bottom = Math.Min(y + radius + 1, height) * stride;
            var rows = (bottom - top) / stride;
            var row = luma.Slice(y * width, width);
            var target = _contrast.AsSpan(y * width, width);
            for (var x = 0; x < width; x++)
            {
                var left = Math.Max(x - radius, 0);
                var right = Math.Min(x + radius + 1, width);
                var sum = _luma[bottom + right] - _luma[bottom + left] - _luma[top + right] + _luma[top + left];
                var mean = (float)sum / (rows * (right - left));
                // Whole levels: sums of them are exact.
                target[x] = MathF.Round(Math.Clamp(row[x] - mean, -Clip, Clip));
            }
        }

        IntegrateContrast();
    }

    /// <summary>Sum and sum of squares over a box that lies within the picture.</summary>
    public (int Sum, int Squares) SumsOver(int x, int y, int width, int height)
    {
        var stride = Width + 1;
        var (top, bottom) = (y * stride, (y + height) * stride);
        return (
            _sums[bottom + x + width] - _sums[bottom + x] - _sums[top + x + width] + _sums[top + x],
            _squares[bottom + x + width] - _squares[bottom + x] - _squares[top + x + width] + _squares[top + x]);
    }

    /// <summary>Correlates a pattern with a row of positions.</summary>
    /// <param name="x">Left edge of the first.</param>
    /// <param name="y">Their upper edge.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="products">Receives the sum of products for each position; its length, a multiple of four vectors, says how many.</param>
    public void Correlate(int x, int y, LogoPattern pattern, Span<float> products)
    {
        var lanes = Vector<float>.Count;
        ref var first = ref MemoryMarshal.GetArrayDataReference(_contrast);
        ref var values = ref MemoryMarshal.GetArrayDataReference(pattern.Values);
        ref var output = ref MemoryMarshal.GetReference(products);
        // Four vectors of positions stay in registers while the pattern passes (LogoCostTests has what a look costs).
        for (var block = 0; block <= products.Length - (4 * lanes); block += 4 * lanes)
        {
            var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            var value = 0;
            for (var row = 0; row < pattern.Height; row++)
            {
                var at = (nuint)(((y + row) * Width) + x + block);
                for (var column = 0; column < pattern.Width; column++, at++)
                {
                    var weight = new Vector<float>(System.Runtime.CompilerServices.Unsafe.Add(ref values, value++));
                    a = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref first, at), weight, a);
                    b = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref first, at + (nuint)lanes), weight, b);
                    c = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref first, at + (nuint)(2 * lanes)), weight, c);
                    d = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref first, at + (nuint)(3 * lanes)), weight, d);
                }
            }

            a.StoreUnsafe(ref output, (nuint)block);
            b.StoreUnsafe(ref output, (nuint)(block + lanes));
            c.StoreUnsafe(ref output, (nuint)(block + (2 * lanes)));
            d.StoreUnsafe(ref output, (nuint)(block + (3 * lanes)));
        }
    }

    private void Reset(int width, int height)
    {
        Width = width;
        Height = height;
        var size = (width + 1) * (height + 1);
        if (_sums.Length >= size)
            return;
        _contrast = new float[size + Padding];
        _luma = new int[size];
        _sums = new int[size];
        _squares = new int[size];
    }

    private void Integrate(ReadOnlySpan<byte> luma, int[] integral)
    {
        var stride = Width + 1;
        integral.AsSpan(0, stride).Clear();
        for (var y = 0; y < Height; y++)
        {
            var sum = 0;
            var at = (y + 1) * stride;
            integral[at] = 0;
            for (var x = 0; x < Width; x++)
            {
                sum += luma[(y * Width) + x];
                integral[at + x + 1] = integral[at + x + 1 - stride] + sum;
            }
        }
    }

    // 32 squared over 1,080 x 360 px is 398 million: an int holds it.
    private void IntegrateContrast()
    {
        var stride = Width + 1;
        _sums.AsSpan(0, stride).Clear();
        _squares.AsSpan(0, stride).Clear();
        for (var y = 0; y < Height; y++)
        {
            var (sum, squares) = (0, 0);
            var at = (y + 1) * stride;
            _sums[at] = 0;
            _squares[at] = 0;
            for (var x = 0; x < Width; x++)
            {
                var value = (int)_contrast[(y * Width) + x];
                sum += value;
                squares += value * value;
                _sums[at + x + 1] = _sums[at + x + 1 - stride] + sum;
                _squares[at + x + 1] = _squares[at + x + 1 - stride] + squares;
            }
        }
    }
}
