namespace IntegrityGate.Detection.Models;

/// <summary>What one variant must answer to the selftest.</summary>
/// <param name="Inputs">Logits of the formula inputs, one an input.</param>
/// <param name="InputTolerance">Largest difference allowed for these.</param>
/// <param name="Frame">Logits of the formula frame's views, in the order of the views.</param>
/// <param name="FrameTolerance">Largest difference allowed for these.</param>
public sealed record SelftestExpectation(
    IReadOnlyList<double> Inputs, double InputTolerance, IReadOnlyList<double> Frame, double FrameTolerance);
