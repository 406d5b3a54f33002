using System.Globalization;
using System.Numerics;

namespace IntegrityGate.Core.Evidence;

/// <summary>
/// 256-bit perceptual hash of a picture: luma at 32 x 32, the 256 lowest frequencies of its cosine transform, one bit each: above
/// their median or not. The same picture encoded twice is a few bits apart, two moments of one scene mostly over ten; the usual 64
/// bits cannot tell moments of a talking head (docs/5-detectors-and-models.md has the measurement).
/// </summary>
/// <param name="A">Frequencies 0 to 63, row by row.</param>
/// <param name="B">64 to 127.</param>
/// <param name="C">128 to 191.</param>
/// <param name="D">192 to 255.</param>
public readonly record struct PictureHash(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Bits.</summary>
    public const int Bits = 256;

    /// <summary>Bits in which two hashes differ.</summary>
    public int DistanceTo(PictureHash other) =>
        BitOperations.PopCount(A ^ other.A) + BitOperations.PopCount(B ^ other.B) + BitOperations.PopCount(C ^ other.C) + BitOperations.PopCount(D ^ other.D);

    /// <summary>64 hexadecimal digits, as evidence quotes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{A:x16}{B:x16}{C:x16}{D:x16}");
}
