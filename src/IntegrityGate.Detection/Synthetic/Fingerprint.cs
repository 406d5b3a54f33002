using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>
/// 64-bit perceptual hash of a frame (pHash): luma at 32 x 32, discrete cosine transform, the 64 lowest frequencies but the mean,
/// one bit each: above their median or not. Encoding noise lives in the high frequencies and hardly moves it.
/// </summary>
internal static class Fingerprint
{
    private const int Side = 32;
    private const int Kept = 8;

    private static readonly float[] Cosines = CreateCosines();

    /// <summary>The hash of a picture.</summary>
    public static ulong Of(ReadOnlySpan<byte> pixels, int width, int height, BilinearResizer resizer, RgbPicture thumb)
    {
        resizer.Resize(pixels, width, height, thumb, Side, Side);
        Span<float> luma = stackalloc float[Side * Side];
        var small = thumb.Pixels;
        for (var i = 0; i < luma.Length; i++)
            luma[i] = (small[i * 3] * 0.299f) + (small[(i * 3) + 1] * 0.587f) + (small[(i * 3) + 2] * 0.114f);

        Span<float> rows = stackalloc float[Kept * Side];
        for (var u = 0; u < Kept; u++)
        {
            for (var y = 0; y < Side; y++)
                rows[(u * Side) + y] = Dot(Cosines.AsSpan(u * Side, Side), luma.Slice(y * Side, Side));
        }

        Span<float> frequencies = stackalloc float[Kept * Kept];
        for (var v = 0; v < Kept; v++)
        {
            for (var u = 0; u < Kept; u++)
                frequencies[(v * Kept) + u] = Dot(Cosines.AsSpan(v * Side, Side), rows.Slice(u * Side, Side));
        }

        // Index 0 is the mean brightness: it says nothing of the content.
        Span<float> sorted = stackalloc float[(Kept * Kept) - 1];
        frequencies[1..].CopyTo(sorted);
        sorted.Sort();
        var median = sorted[sorted.Length / 2];
        ulong hash = 0;
        for (var i = 1; i < frequencies.Length; i++)
        {
            if (frequencies[i] > median)
                hash |= 1UL << i;
        }

        return hash;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => System.Numerics.Tensors.TensorPrimitives.Dot(a, b);

    private static float[] CreateCosines()
    {
        var cosines = new float[Kept * Side];
        for (var u = 0; u < Kept; u++)
        {
            for (var x = 0; x < Side; x++)
                cosines[(u * Side) + x] = (float)Math.Cos(Math.PI * u * ((2 * x) + 1) / (2 * Side));
        }

        return cosines;
    }
}
