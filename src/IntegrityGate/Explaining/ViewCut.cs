namespace IntegrityGate.Explaining;

/// <summary>A view that the network was given.</summary>
/// <param name="Name">Its name in the model.json.</param>
/// <param name="Jpeg">Its picture.</param>
/// <param name="Width">Width, px.</param>
/// <param name="Height">Height, px.</param>
/// <param name="Logit">What the network said of it.</param>
internal sealed record ViewCut(string Name, byte[] Jpeg, int Width, int Height, double Logit);
