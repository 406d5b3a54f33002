using IntegrityGate.Core.Frames;

namespace IntegrityGate.Detection.Text;

/// <summary>Whole px of a picture: at least one each way, ends exclusive.</summary>
internal readonly record struct PixelArea(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Width, px.</summary>
    public int Width => Right - Left;

    /// <summary>Height, px.</summary>
    public int Height => Bottom - Top;

    /// <summary>The px that a box touches on a picture.</summary>
    public static PixelArea Of(PixelBox box, int width, int height)
    {
        var left = (int)Math.Clamp(Math.Floor(box.X), 0, width - 1);
        var top = (int)Math.Clamp(Math.Floor(box.Y), 0, height - 1);
        return new PixelArea(left, top, (int)Math.Clamp(Math.Ceiling(box.Right), left + 1, width), (int)Math.Clamp(Math.Ceiling(box.Bottom), top + 1, height));
    }
}
