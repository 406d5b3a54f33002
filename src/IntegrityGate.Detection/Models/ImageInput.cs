namespace IntegrityGate.Detection.Models;

/// <summary>A network's picture input: float32, NCHW, <c>(v - Mean) / Std</c> on 0..255.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="Reversed">True when the planes are B, G, R; false for R, G, B.</param>
/// <param name="Width">Width in px; 0 when free.</param>
/// <param name="Height">Height in px; 0 when free.</param>
/// <param name="Mean">Mean a plane, in the planes' order.</param>
/// <param name="Std">Standard deviation a plane, in the planes' order.</param>
public sealed record ImageInput(string Name, bool Reversed, int Width, int Height, IReadOnlyList<double> Mean, IReadOnlyList<double> Std);
