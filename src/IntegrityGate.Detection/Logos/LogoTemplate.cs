namespace IntegrityGate.Detection.Logos;

/// <summary>A logo as its pack describes it.</summary>
/// <param name="Name">Its name, for good.</param>
/// <param name="Generator">Whose it is, for people.</param>
/// <param name="Artwork">Its picture.</param>
/// <param name="Places">Where it may stand.</param>
/// <param name="MinHeight">Least height of its visible part, as a share of the frame's short side.</param>
/// <param name="MaxHeight">Largest height.</param>
/// <param name="MinScore">Least correlation that counts, 0..1.</param>
/// <param name="Ground">Luma of the grounds it mostly stands on, 0..255: whether it shows lighter or darker than they are.</param>
internal sealed record LogoTemplate(
    string Name, string Generator, LogoArtwork Artwork, LogoPlaces Places, double MinHeight, double MaxHeight, double MinScore, byte Ground);
