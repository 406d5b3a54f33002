namespace IntegrityGate.Detection.Logos;

/// <summary>What looking for a template costs on a frame of 16:9: known before any frame, whatever its size.</summary>
internal static class LogoCost
{
    /// <summary>400 million multiplications a frame for a whole pack: 32 logos in their own corners, or ten in all four. docs/5-detectors-and-models.md has what that is in looks of the detector.</summary>
    public const double Most = 400e6;

    /// <summary>Multiplications a frame.</summary>
    public static double Of(LogoTemplate template)
    {
        const double Width = LogoScales.AnalysisSide * 16d / 9 / 2;
        const double Height = LogoScales.AnalysisSide / 2d;
        var area = LogoZone.All.Where(zone => template.Places.HasFlag(zone.Place)).Sum(zone => (zone.Right - zone.Left) * Width * (zone.Bottom - zone.Top) * Height);
        var aspect = (double)template.Artwork.Width / template.Artwork.Height;
        return area * LogoScales.Heights(template, LogoScales.CoarseStep).Sum(height => ((height / 2) + 2) * ((height / 2 * aspect) + 2));
    }
}
