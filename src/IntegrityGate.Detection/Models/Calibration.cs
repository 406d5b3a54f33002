namespace IntegrityGate.Detection.Models;

/// <summary>Turns a score into a probability: <c>logit(P) = A * score + B</c>, at equal priors.</summary>
/// <param name="A">Slope; above 0.</param>
/// <param name="B">Intercept.</param>
public readonly record struct Calibration(double A, double B)
{
    /// <summary>The probability of a score, 0..1.</summary>
    public double Probability(double score) => 1 / (1 + Math.Exp(-((A * score) + B)));
}
