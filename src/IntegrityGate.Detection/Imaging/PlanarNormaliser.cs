using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IntegrityGate.Detection.Imaging;

/// <summary>
/// Turns interleaved 8-bit RGB into the planar float input of a network: one plane a channel, <c>(v - mean) / std</c>. Sixteen
/// pixels a step: three loads, nine byte shuffles, then widened.
/// </summary>
internal sealed class PlanarNormaliser
{
    private static readonly Vector128<byte>[] Shuffles = CreateShuffles();

    private readonly float[] _scale;
    private readonly float[] _bias;
    private readonly bool _reversed;

    /// <summary>A normaliser for one network input.</summary>
    /// <param name="mean">Mean on 0..255, one a plane in the network's order.</param>
    /// <param name="std">Standard deviation on 0..255, one a plane in the network's order.</param>
    /// <param name="reversed">True when the network's planes are B, G, R.</param>
    public PlanarNormaliser(ReadOnlySpan<double> mean, ReadOnlySpan<double> std, bool reversed)
    {
        _scale = new float[3];
        _bias = new float[3];
        _reversed = reversed;
        for (var c = 0; c < 3; c++)
        {
            _scale[c] = (float)(1 / std[c]);
            _bias[c] = (float)(-mean[c] / std[c]);
        }
    }

    /// <summary>Writes a rectangle of a picture into three planes.</summary>
    /// <param name="source">Interleaved RGB.</param>
    /// <param name="sourceWidth">Width of the source, px.</param>
    /// <param name="x">Left edge of the rectangle.</param>
    /// <param name="y">Top edge of the rectangle.</param>
    /// <param name="width">Width of the rectangle, px.</param>
    /// <param name="height">Height of the rectangle, px.</param>
    /// <param name="planes">Three planes, one after the other.</param>
    /// <param name="planeWidth">Row length of a plane, at least <paramref name="width"/>; what lies past the rectangle is left alone.</param>
    /// <param name="planeHeight">Rows of a plane, at least <paramref name="height"/>.</param>
    public void Write(
        ReadOnlySpan<byte> source, int sourceWidth, int x, int y, int width, int height, Span<float> planes, int planeWidth, int planeHeight)
    {
        var plane = planeWidth * planeHeight;
        for (var row = 0; row < height; row++)
        {
            var line = source.Slice((((y + row) * sourceWidth) + x) * 3, width * 3);
            for (var channel = 0; channel < 3; channel++)
                WriteRow(line, channel, planes.Slice(((_reversed ? 2 - channel : channel) * plane) + (row * planeWidth), width));
        }
    }

    private void WriteRow(ReadOnlySpan<byte> line, int channel, Span<float> target)
    {
        var index = _reversed ? 2 - channel : channel;
        var scale = Vector256.Create(_scale[index]);
        var bias = Vector256.Create(_bias[index]);
        ref var first = ref MemoryMarshal.GetReference(line);
        ref var output = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; i <= target.Length - 16; i += 16)
        {
            var at = (nuint)(i * 3);
            var bytes = Vector128.Shuffle(Vector128.LoadUnsafe(ref first, at), Shuffles[channel * 3])
                | Vector128.Shuffle(Vector128.LoadUnsafe(ref first, at + 16), Shuffles[(channel * 3) + 1])
                | Vector128.Shuffle(Vector128.LoadUnsafe(ref first, at + 32), Shuffles[(channel * 3) + 2]);
            var words = Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
            var low = Vector256.ConvertToSingle(Vector256.WidenLower(words).AsInt32());
            var high = Vector256.ConvertToSingle(Vector256.WidenUpper(words).AsInt32());
            Vector256.MultiplyAddEstimate(low, scale, bias).StoreUnsafe(ref output, (nuint)i);
            Vector256.MultiplyAddEstimate(high, scale, bias).StoreUnsafe(ref output, (nuint)i + 8);
        }

        for (; i < target.Length; i++)
            target[i] = (line[(i * 3) + channel] * _scale[index]) + _bias[index];
    }

    // Byte b of the 48 holds channel b % 3 of pixel b / 3; an index of 0xFF yields 0.
    private static Vector128<byte>[] CreateShuffles()
    {
        var shuffles = new Vector128<byte>[9];
        Span<byte> indices = stackalloc byte[16];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var block = 0; block < 3; block++)
            {
                for (var pixel = 0; pixel < 16; pixel++)
                {
                    var offset = (pixel * 3) + channel - (block * 16);
                    indices[pixel] = offset is >= 0 and < 16 ? (byte)offset : (byte)0xFF;
                }

                shuffles[(channel * 3) + block] = Vector128.Create((ReadOnlySpan<byte>)indices);
            }
        }

        return shuffles;
    }
}
