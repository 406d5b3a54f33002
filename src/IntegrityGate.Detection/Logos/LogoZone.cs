namespace IntegrityGate.Detection.Logos;

/// <summary>The stretch of a picture in which a logo's centre is looked for, as shares of its width and height.</summary>
/// <param name="Place">Which field it is.</param>
/// <param name="Left">Left end.</param>
/// <param name="Right">Right end.</param>
/// <param name="Top">Upper end.</param>
/// <param name="Bottom">Lower end.</param>
internal readonly record struct LogoZone(LogoPlaces Place, double Left, double Right, double Top, double Bottom)
{
    // A mark's own width reaches a third into the picture (豆包AI生成), its centre stays in the outer quarter.
    private const double Across = 0.25;
    private const double Down = 0.25;

    /// <summary>All eight.</summary>
    public static IReadOnlyList<LogoZone> All { get; } =
    [
        new(LogoPlaces.TopLeft, 0, Across, 0, Down),
        new(LogoPlaces.TopRight, 1 - Across, 1, 0, Down),
        new(LogoPlaces.BottomLeft, 0, Across, 1 - Down, 1),
        new(LogoPlaces.BottomRight, 1 - Across, 1, 1 - Down, 1),
        new(LogoPlaces.Top, Across, 1 - Across, 0, Down),
        new(LogoPlaces.Bottom, Across, 1 - Across, 1 - Down, 1),
        new(LogoPlaces.Left, 0, Across, Down, 1 - Down),
        new(LogoPlaces.Right, 1 - Across, 1, Down, 1 - Down),
    ];
}
