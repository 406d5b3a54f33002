namespace IntegrityGate.Detection.Text;

/// <summary>The smallest rectangle around points, turned as needed: convex hull, then one candidate a hull edge.</summary>
internal static class MinimumAreaBox
{
    /// <summary>
    /// Boxes turned by less are taken as upright: 4 degrees. The core of a short label is a few px high, so that its own angle is
    /// noise up to there, and the recogniser reads lines turned that little.
    /// </summary>
    private const double UprightWithin = 4 * Math.PI / 180;

    /// <summary>The box around points; sorted and consumed.</summary>
    public static RotatedBox Around(List<(int X, int Y)> points)
    {
        var hull = Hull(points);
        var best = Fit(hull, 0);
        var smallest = best.Width * best.Height;
        for (var i = 0; i < hull.Count; i++)
        {
            var (x0, y0) = hull[i];
            var (x1, y1) = hull[(i + 1) % hull.Count];
            var box = Fit(hull, Fold(Math.Atan2(y1 - y0, x1 - x0)));
            if (box.Width * box.Height < smallest && Math.Abs(box.Angle) >= UprightWithin)
            {
                smallest = box.Width * box.Height;
                best = box;
            }
        }

        return best;
    }

    // Four directions describe the same rectangle: take the one within 45 degrees of upright.
    private static double Fold(double angle) => angle - (Math.Round(angle / (Math.PI / 2)) * (Math.PI / 2));

    private static RotatedBox Fit(List<(int X, int Y)> hull, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (var (x, y) in hull)
        {
            var u = (x * cos) + (y * sin);
            var v = (y * cos) - (x * sin);
            left = Math.Min(left, u);
            right = Math.Max(right, u);
            top = Math.Min(top, v);
            bottom = Math.Max(bottom, v);
        }

        var centreU = (left + right) / 2;
        var centreV = (top + bottom) / 2;
        return new RotatedBox((centreU * cos) - (centreV * sin), (centreU * sin) + (centreV * cos), right - left, bottom - top, angle);
    }

    // Andrew's monotone chain.
    private static List<(int X, int Y)> Hull(List<(int X, int Y)> points)
    {
        points.Sort();
        var hull = new List<(int X, int Y)>();
        for (var pass = 0; pass < 2; pass++)
        {
            var start = hull.Count;
            foreach (var point in points)
            {
                while (hull.Count >= start + 2 && Cross(hull[^2], hull[^1], point) <= 0)
                    hull.RemoveAt(hull.Count - 1);
                hull.Add(point);
            }

            hull.RemoveAt(hull.Count - 1);
            points.Reverse();
        }

        return hull.Count > 0 ? hull : points;
    }

    private static long Cross((int X, int Y) o, (int X, int Y) a, (int X, int Y) b) =>
        ((long)(a.X - o.X) * (b.Y - o.Y)) - ((long)(a.Y - o.Y) * (b.X - o.X));
}
