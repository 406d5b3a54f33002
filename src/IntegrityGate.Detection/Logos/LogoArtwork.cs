namespace IntegrityGate.Detection.Logos;

/// <summary>A logo's picture, cut to what is visible of it: luma and opacity, 0..255, row by row.</summary>
/// <param name="Width">Width, px.</param>
/// <param name="Height">Height, px.</param>
/// <param name="Luma">BT.601 luma of its colour.</param>
/// <param name="Alpha">Opacity.</param>
internal sealed record LogoArtwork(int Width, int Height, byte[] Luma, byte[] Alpha);
