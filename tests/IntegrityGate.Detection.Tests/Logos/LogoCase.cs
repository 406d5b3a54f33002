using System.Globalization;

namespace IntegrityGate.Detection.Tests.Logos;

/// <summary>A logo over a picture.</summary>
public sealed record LogoCase(string Logo, double Height, double Opacity, bool Right, bool Bottom, int Picture, int Width, int FrameHeight, int Crf)
{
    /// <summary>In words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Logo} {Height:0.000} opacity {Opacity} {(Bottom ? "bottom" : "top")} {(Right ? "right" : "left")} {Width}x{FrameHeight} crf {Crf} picture {Picture}");
}
