namespace IntegrityGate.Media.Decoding;

/// <summary>What a container says of itself.</summary>
/// <param name="Duration">Its length; zero when it does not say, as live streams do not.</param>
/// <param name="Container">ffmpeg's name of the container.</param>
/// <param name="VideoCodec">ffmpeg's name of the video codec; null without video.</param>
/// <param name="Width">Picture width, px; 0 without video.</param>
/// <param name="Height">Picture height, px; 0 without video.</param>
/// <param name="Tags">The container's tags, and those of its video track where the container has none of that name; names in any case.</param>
public sealed record MediaInformation(TimeSpan Duration, string Container, string? VideoCodec, int Width, int Height, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>ffmpeg's name of the audio codec; null without sound.</summary>
    public string? AudioCodec { get; init; }
}
