namespace IntegrityGate.Core.Frames;

/// <summary>An upright rectangle on a picture, in px from its top left corner.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width, px.</param>
/// <param name="Height">Height, px.</param>
public readonly record struct PixelBox(double X, double Y, double Width, double Height)
{
    /// <summary>Right edge.</summary>
    public double Right => X + Width;

    /// <summary>Bottom edge.</summary>
    public double Bottom => Y + Height;

    /// <summary>Centre, horizontally.</summary>
    public double CentreX => X + (Width / 2);

    /// <summary>Centre, vertically.</summary>
    public double CentreY => Y + (Height / 2);

    /// <summary>The smallest rectangle that holds both.</summary>
    public PixelBox Union(PixelBox other)
    {
        var x = Math.Min(X, other.X);
        var y = Math.Min(Y, other.Y);
        return new PixelBox(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y);
    }

    /// <summary>Share of the union that both cover, 0..1.</summary>
    public double Overlap(PixelBox other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(X, other.X);
        var height = Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y);
        if (width <= 0 || height <= 0)
            return 0;
        var both = width * height;
        return both / ((Width * Height) + (other.Width * other.Height) - both);
    }
}
