using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IntegrityGate.Detection.Imaging;

/// <summary>
/// Resizes RGB pictures, bilinear with antialias, in one pass: each target row is first blended from its source rows (vectorised
/// along the row), then along the row (one 128-bit multiply-add a tap carries all three channels). Rounded once, to 8 bits.
/// One resizer a worker: it keeps its row between calls.
/// </summary>
internal sealed class BilinearResizer(ResizeAxisCache axes)
{
    private float[] _row = [];

    /// <summary>Resizes a whole picture.</summary>
    /// <param name="source">Interleaved RGB, <paramref name="sourceWidth"/> x <paramref name="sourceHeight"/>.</param>
    /// <param name="sourceWidth">Width in, px.</param>
    /// <param name="sourceHeight">Height in, px.</param>
    /// <param name="target">Where the result goes.</param>
    /// <param name="targetWidth">Width out, px.</param>
    /// <param name="targetHeight">Height out, px.</param>
    public void Resize(ReadOnlySpan<byte> source, int sourceWidth, int sourceHeight, RgbPicture target, int targetWidth, int targetHeight)
    {
        if (source.Length < sourceWidth * sourceHeight * 3)
            throw new ArgumentException("The source is shorter than its size says.", nameof(source));
        if (sourceWidth == targetWidth && sourceHeight == targetHeight)
        {
            target.CopyFrom(source, sourceWidth, 0, 0, sourceWidth, sourceHeight);
            return;
        }

        var across = axes.Get(sourceWidth, targetWidth);
        var down = axes.Get(sourceHeight, targetHeight);
        target.Reset(targetWidth, targetHeight);
        var pixels = target.Pixels;
        var sourceRow = sourceWidth * 3;
        // One float past the row's end is read with the last pixel.
        if (_row.Length < sourceRow + 1)
            _row = new float[sourceRow + 1];
        for (var y = 0; y < targetHeight; y++)
        {
            BlendRows(source[(down.Start(y) * sourceRow)..], sourceRow, down.Weights(y), _row);
            BlendAcross(_row, across, pixels.Slice(y * targetWidth * 3, targetWidth * 3));
        }
    }

    private static void BlendRows(ReadOnlySpan<byte> source, int rowLength, ReadOnlySpan<float> weights, Span<float> row)
    {
        ref var first = ref MemoryMarshal.GetReference(source);
        ref var output = ref MemoryMarshal.GetReference(row);
        var i = 0;
        for (; i <= rowLength - 16; i += 16)
        {
            var low = Vector256<float>.Zero;
            var high = Vector256<float>.Zero;
            for (var k = 0; k < weights.Length; k++)
            {
                var words = Vector256.Create(Vector128.WidenLower(Load(ref first, (k * rowLength) + i)), Vector128.WidenUpper(Load(ref first, (k * rowLength) + i)));
                var weight = Vector256.Create(weights[k]);
                low = Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(Vector256.WidenLower(words).AsInt32()), weight, low);
                high = Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(Vector256.WidenUpper(words).AsInt32()), weight, high);
            }

            low.StoreUnsafe(ref output, (nuint)i);
            high.StoreUnsafe(ref output, (nuint)i + 8);
        }

        for (; i < rowLength; i++)
        {
            var sum = 0f;
            for (var k = 0; k < weights.Length; k++)
                sum += source[(k * rowLength) + i] * weights[k];
            row[i] = sum;
        }
    }

    private static void BlendAcross(ReadOnlySpan<float> row, ResizeAxis across, Span<byte> target)
    {
        ref var first = ref MemoryMarshal.GetReference(row);
        ref var output = ref MemoryMarshal.GetReference(target);
        var half = Vector128.Create(0.5f);
        var last = across.TargetLength - 1;
        for (var x = 0; x <= last; x++)
        {
            var weights = across.Weights(x);
            var at = (nuint)(across.Start(x) * 3);
            var sum = half;
            foreach (var weight in weights)
            {
                sum = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref first, at), Vector128.Create(weight), sum);
                at += 3;
            }

            // Weights are positive and sum to 1: the result stays within 0..255 but for rounding, which the clamp takes.
            var bytes = Vector128.ConvertToInt32(Vector128.Min(Vector128.Max(sum, Vector128<float>.Zero), Vector128.Create(255f)));
            if (x < last)
            {
                var packed = Vector128.Narrow(Vector128.Narrow(bytes, bytes), Vector128<short>.Zero).AsUInt32().ToScalar();
                // The fourth byte lands on the next pixel, which is written next.
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, x * 3), packed);
            }
            else
            {
                for (var c = 0; c < 3; c++)
                    target[(x * 3) + c] = (byte)bytes[c];
            }
        }
    }

    private static Vector128<byte> Load(ref byte first, int offset) => Vector128.LoadUnsafe(ref first, (nuint)offset);
}
