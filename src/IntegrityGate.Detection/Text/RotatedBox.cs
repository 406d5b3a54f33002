using IntegrityGate.Core.Frames;

namespace IntegrityGate.Detection.Text;

/// <summary>A rectangle that may be turned.</summary>
/// <param name="CentreX">Centre, px from the left.</param>
/// <param name="CentreY">Centre, px from the top.</param>
/// <param name="Width">Extent along its own x axis, px.</param>
/// <param name="Height">Extent along its own y axis, px.</param>
/// <param name="Angle">Direction of its x axis, radians, clockwise on the picture, -π/4 to π/4.</param>
internal readonly record struct RotatedBox(double CentreX, double CentreY, double Width, double Height, double Angle)
{
    /// <summary>The smallest upright rectangle that holds it.</summary>
    public PixelBox Bounds
    {
        get
        {
            var (sin, cos) = Math.SinCos(Math.Abs(Angle));
            var width = (Width * cos) + (Height * sin);
            var height = (Width * sin) + (Height * cos);
            return new PixelBox(CentreX - (width / 2), CentreY - (height / 2), width, height);
        }
    }

    /// <summary>Moves every side outwards.</summary>
    /// <param name="distance">px.</param>
    public RotatedBox Grow(double distance) => this with { Width = Width + (2 * distance), Height = Height + (2 * distance) };

    /// <summary>The box on a picture scaled by two nearly equal factors (exact when upright).</summary>
    public RotatedBox Scale(double x, double y)
    {
        var (sin, cos) = Math.SinCos(Angle);
        return new RotatedBox(
            CentreX * x, CentreY * y, Width * Math.Sqrt((cos * cos * x * x) + (sin * sin * y * y)), Height * Math.Sqrt((sin * sin * x * x) + (cos * cos * y * y)), Math.Atan2(sin * y, cos * x));
    }

    /// <summary>The upright rectangle of two corners.</summary>
    public static RotatedBox Upright(double left, double top, double right, double bottom) =>
        new((left + right) / 2, (top + bottom) / 2, right - left, bottom - top, 0);
}
