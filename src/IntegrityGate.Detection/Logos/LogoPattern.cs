namespace IntegrityGate.Detection.Logos;

/// <summary>A logo at one size, as contrast: what is correlated with a picture's.</summary>
/// <param name="Width">Width with its margin, px.</param>
/// <param name="Height">Height with its margin, px.</param>
/// <param name="Margin">Ground on each side, px.</param>
/// <param name="Values">The contrast less its mean, row by row.</param>
internal sealed record LogoPattern(int Width, int Height, int Margin, float[] Values)
{
    /// <summary>Length of the pattern as a vector.</summary>
    public double Norm { get; } = Math.Sqrt(Values.Sum(value => (double)value * value));

    /// <summary>Normalised cross-correlation at a position.</summary>
    /// <param name="product">Sum of products there.</param>
    /// <param name="sums">Sum and sum of squares of the picture's contrast there.</param>
    /// <returns>-1..1; 0 where the picture is flat, or shows so little of the pattern that no viewer sees it.</returns>
    public double Score(double product, (int Sum, int Squares) sums)
    {
        // 4: a spread of two levels is what H.264 leaves of a flat ground. 0.12: the least share of the pattern's own contrast.
        const double Flat = 4;
        const double Faint = 0.12;
        var count = Width * Height;
        var energy = sums.Squares - ((double)sums.Sum * sums.Sum / count);
        return energy < Flat * count || product < Faint * Norm * Norm ? 0 : product / (Norm * Math.Sqrt(energy));
    }
}
