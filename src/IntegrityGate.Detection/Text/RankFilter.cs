using System.Numerics.Tensors;

namespace IntegrityGate.Detection.Text;

/// <summary>
/// Grey opening with a square window: what is brighter than its surroundings and narrower than the window is levelled away.
/// Windows grow by doubling, each doubling one vectorised minimum or maximum over the whole picture.
/// </summary>
internal static class RankFilter
{
    /// <summary>Opens a picture.</summary>
    /// <param name="picture">Values, row by row; overwritten with the opening.</param>
    /// <param name="scratch">As long as the picture.</param>
    /// <param name="width">Row length.</param>
    /// <param name="height">Rows.</param>
    /// <param name="window">Side of the window, px.</param>
    public static void Open(float[] picture, float[] scratch, int width, int height, int window)
    {
        var (a, b) = (picture, scratch);
        Pass(ref a, ref b, width, height, Math.Min(window, width), down: false, erode: true);
        Pass(ref a, ref b, width, height, Math.Min(window, height), down: true, erode: true);
        Pass(ref a, ref b, width, height, Math.Min(window, width), down: false, erode: false);
        Pass(ref a, ref b, width, height, Math.Min(window, height), down: true, erode: false);
        if (!ReferenceEquals(a, picture))
            a.AsSpan(0, width * height).CopyTo(picture);
    }

    // After a pass each value is the least (greatest) of the window that starts (ends) at it, so that both passes together are centred.
    private static void Pass(ref float[] from, ref float[] to, int width, int height, int window, bool down, bool erode)
    {
        for (var reach = 1; reach < window;)
        {
            var step = Math.Min(reach, window - reach);
            if (!down)
            {
                for (var y = 0; y < height; y++)
                    Combine(from.AsSpan(y * width, width), to.AsSpan(y * width, width), step, erode);
            }
            else
            {
                Combine(from.AsSpan(0, width * height), to.AsSpan(0, width * height), step * width, erode);
            }

            (from, to) = (to, from);
            reach += step;
        }
    }

    private static void Combine(ReadOnlySpan<float> from, Span<float> to, int offset, bool erode)
    {
        if (erode)
        {
            TensorPrimitives.Min(from[..^offset], from[offset..], to[..^offset]);
            from[^offset..].CopyTo(to[^offset..]);
        }
        else
        {
            TensorPrimitives.Max(from[offset..], from[..^offset], to[offset..]);
            from[..offset].CopyTo(to);
        }
    }
}
