using IntegrityGate.Detection.Imaging;

namespace IntegrityGate.Detection.Text;

internal static class GlyphRuler
{
    public static double Measure(RgbPicture crop, double innerTop, double innerBottom, double innerLeft, double innerRight, IReadOnlyList<double> positions) => innerBottom - innerTop;
}
