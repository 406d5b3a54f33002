using System.Numerics;
using System.Runtime.InteropServices;
using IntegrityGate.Detection.Models;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>How colourful a view is.</summary>
internal static class Chroma
{
    /// <summary>
    /// Mean |Cb-128| + |Cr-128| of a view (BT.601 full range), from its normalised planes: the offsets cancel because the weights
    /// of either difference sum to 0, and the scale is the input's one standard deviation.
    /// </summary>
    public static double MeanDistance(ReadOnlySpan<float> planes, ImageInput input)
    {
        var length = planes.Length / 3;
        var red = MemoryMarshal.Cast<float, Vector<float>>(planes.Slice(input.Reversed ? 2 * length : 0, length));
        var green = MemoryMarshal.Cast<float, Vector<float>>(planes.Slice(length, length));
        var blue = MemoryMarshal.Cast<float, Vector<float>>(planes.Slice(input.Reversed ? 0 : 2 * length, length));
        var sum = Vector<float>.Zero;
        for (var i = 0; i < red.Length; i++)
        {
            var cb = (blue[i] * 0.5f) - (red[i] * 0.168736f) - (green[i] * 0.331264f);
            var cr = (red[i] * 0.5f) - (green[i] * 0.418688f) - (blue[i] * 0.081312f);
            sum += Vector.Abs(cb) + Vector.Abs(cr);
        }

        // A tail shorter than a vector (none at 224 x 224) is left out of the mean.
        return Vector.Sum(sum) * input.Std[0] / Math.Max(red.Length * Vector<float>.Count, 1);
    }
}
