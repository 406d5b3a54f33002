namespace IntegrityGate.LoadHarness.Clips;

/// <summary>A picture to publish.</summary>
/// <param name="Name">File name.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="VideoKbps">Rate of the video, held constant.</param>
internal sealed record ClipKind(string Name, int Width, int Height, int VideoKbps)
{
    /// <summary>Seconds of a clip: 4 GOPs of two seconds and exactly 375 AAC frames of 48 kHz, so that it loops without a seam.</summary>
    public const int Seconds = 8;

    /// <summary>Key frame interval in seconds.</summary>
    public const int GopSeconds = 2;

    /// <summary>Frames a second.</summary>
    public const int FrameRate = 30;

    /// <summary>What the product is measured with: 1080p30 at 6 Mbps.</summary>
    public static ClipKind Full { get; } = new("1080p-6000k", 1920, 1080, 6000);

    /// <summary>1080p30 at the least rate in use, so that hundreds of them fit through two cores beside those who publish them: 1.5 Mbps.</summary>
    public static ClipKind Lean { get; } = new("1080p-1500k", 1920, 1080, 1500);

    /// <summary>A common contribution stream: 720p30 at 1.5 Mbps.</summary>
    public static ClipKind Medium { get; } = new("720p-1500k", 1280, 720, 1500);

    /// <summary>A small one: 360p30 at 600 kbps, the size that servers quote their densities with.</summary>
    public static ClipKind Small { get; } = new("360p-600k", 640, 360, 600);
}
