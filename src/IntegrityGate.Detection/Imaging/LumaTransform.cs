using System.Numerics.Tensors;

namespace IntegrityGate.Detection.Imaging;

/// <summary>Shrinks a picture to 32 x 32 luma and takes the lowest frequencies of its discrete cosine transform: what perceptual hashes are made of.</summary>
internal static class LumaTransform
{
    private const int Side = 32;

    private static readonly float[] Cosines = CreateCosines();

    /// <summary>Takes the <paramref name="kept"/> x <paramref name="kept"/> lowest frequencies; index 0 is the mean brightness.</summary>
    /// <param name="pixels">Interleaved RGB.</param>
    /// <param name="width">Width, px.</param>
    /// <param name="height">Height, px.</param>
    /// <param name="resizer">Resizer of the caller.</param>
    /// <param name="thumb">Receives the shrunk picture.</param>
    /// <param name="kept">Frequencies along each axis, at most 32.</param>
    /// <param name="frequencies">Receives them, row by row.</param>
    public static void Lowest(ReadOnlySpan<byte> pixels, int width, int height, BilinearResizer resizer, RgbPicture thumb, int kept, Span<float> frequencies)
    {
        resizer.Resize(pixels, width, height, thumb, Side, Side);
        Span<float> luma = stackalloc float[Side * Side];
        var small = thumb.Pixels;
        for (var i = 0; i < luma.Length; i++)
            luma[i] = (small[i * 3] * 0.299f) + (small[(i * 3) + 1] * 0.587f) + (small[(i * 3) + 2] * 0.114f);

        Span<float> rows = stackalloc float[kept * Side];
        for (var u = 0; u < kept; u++)
        {
            for (var y = 0; y < Side; y++)
                rows[(u * Side) + y] = TensorPrimitives.Dot(Cosines.AsSpan(u * Side, Side), luma.Slice(y * Side, Side));
        }

        for (var v = 0; v < kept; v++)
        {
            for (var u = 0; u < kept; u++)
                frequencies[(v * kept) + u] = TensorPrimitives.Dot<float>(Cosines.AsSpan(v * Side, Side), rows.Slice(u * Side, Side));
        }
    }

    /// <summary>One bit a frequency: above the median of all but the first, which says nothing of the content.</summary>
    /// <param name="frequencies">A multiple of 64 of them.</param>
    /// <param name="bits">Receives the bits, 64 to a word, lowest first.</param>
    public static void Sign(ReadOnlySpan<float> frequencies, Span<ulong> bits)
    {
        Span<float> sorted = stackalloc float[frequencies.Length - 1];
        frequencies[1..].CopyTo(sorted);
        sorted.Sort();
        var median = sorted[sorted.Length / 2];
        bits.Clear();
        for (var i = 1; i < frequencies.Length; i++)
        {
            if (frequencies[i] > median)
                bits[i / 64] |= 1UL << (i % 64);
        }
    }

    private static float[] CreateCosines()
    {
        var cosines = new float[Side * Side];
        for (var u = 0; u < Side; u++)
        {
            for (var x = 0; x < Side; x++)
                cosines[(u * Side) + x] = (float)Math.Cos(Math.PI * u * ((2 * x) + 1) / (2 * Side));
        }

        return cosines;
    }
}
