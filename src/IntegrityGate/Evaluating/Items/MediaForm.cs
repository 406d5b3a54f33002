namespace IntegrityGate.Evaluating.Items;

/// <summary>Tells pictures from clips by the ending of their names.</summary>
internal static class MediaForm
{
    private static readonly string[] s_pictures = [".jpg", ".jpeg", ".png", ".webp", ".bmp"];
    private static readonly string[] s_clips = [".mp4", ".m4v", ".mov", ".mkv", ".webm", ".flv", ".ts", ".mpg", ".mpeg", ".avi"];

    /// <summary>The endings that are known, for errors.</summary>
    public static string Known { get; } = string.Join(" ", [.. s_pictures, .. s_clips]);

    /// <summary>Whether a file is a clip; null when its ending is not known.</summary>
    public static bool? IsClip(string file)
    {
        var ending = Path.GetExtension(file).ToLowerInvariant();
        return s_pictures.Contains(ending) ? false : s_clips.Contains(ending) ? true : null;
    }
}
