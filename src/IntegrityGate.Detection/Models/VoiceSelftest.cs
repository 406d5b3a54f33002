namespace IntegrityGate.Detection.Models;

/// <summary>What one variant must answer to the sound that models/README.md gives the formula of.</summary>
/// <param name="Inputs">Logits, one an input.</param>
/// <param name="Tolerance">Largest difference allowed.</param>
public sealed record VoiceSelftest(IReadOnlyList<double> Inputs, double Tolerance);
