using IntegrityGate.Core.Frames;

namespace IntegrityGate.Core.Evidence;

/// <summary>A logo on one frame.</summary>
/// <param name="Name">Name of its template.</param>
/// <param name="Generator">Whose it is.</param>
/// <param name="Box">Where it stands, px.</param>
/// <param name="Score">Normalised cross-correlation with the template, 0..1.</param>
public sealed record LogoFound(string Name, string Generator, PixelBox Box, double Score);
