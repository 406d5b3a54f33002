using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>
/// 64-bit perceptual hash of a frame (pHash): luma at 32 x 32, discrete cosine transform, the 64 lowest frequencies but the mean,
/// one bit each: above their median or not. Encoding noise lives in the high frequencies and hardly moves it.
/// </summary>
internal static class Fingerprint
{
    private const int Kept = 8;

    /// <summary>The hash of a picture.</summary>
    public static ulong Of(ReadOnlySpan<byte> pixels, int width, int height, BilinearResizer resizer, RgbPicture thumb)
    {
        Span<float> frequencies = stackalloc float[Kept * Kept];
        LumaTransform.Lowest(pixels, width, height, resizer, thumb, Kept, frequencies);
        Span<ulong> hash = stackalloc ulong[1];
        LumaTransform.Sign(frequencies, hash);
        return hash[0];
    }
}
