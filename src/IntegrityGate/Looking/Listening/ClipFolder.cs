using IntegrityGate.Configuration;
using IntegrityGate.Core.Audio;
using IntegrityGate.Detection.Audio;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Decoding.Audio;

namespace IntegrityGate.Looking.Listening;

/// <summary>Reads the operator's spoken labels: every file of a folder, in any format that ffmpeg reads.</summary>
internal static class ClipFolder
{
    /// <summary>16 MiB: a minute and a half of uncompressed stereo; a label has seconds.</summary>
    public const long MaxFileBytes = 16 << 20;

    private const string Path = "inspection.audio.clips";

    // 30 s are read of a clip: what is longer is none, and is not read to its end to say so.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>Reads a folder; an empty name gives no clips. Names that begin with a dot are passed over.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="window">Length of the windows that the clips are to be found in.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="ConfigurationException">The folder or a file cannot be used; it holds every reason.</exception>
    public static async Task<IReadOnlyList<SpokenClip>> ReadAsync(string folder, TimeSpan window, CancellationToken ct)
    {
        if (folder.Length == 0)
            return [];
        if (!Directory.Exists(folder))
            throw new ConfigurationException([$"{Path}: {folder} is no folder"]);
        var files = Directory.GetFiles(folder).Where(file => !System.IO.Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal).ToList();
        if (files.Count > AudioListenerOptions.MaxClips)
            throw new ConfigurationException([$"{Path}: {folder} holds {files.Count} files, at most {AudioListenerOptions.MaxClips} are read"]);
        var clips = new List<SpokenClip>();
        var errors = new List<string>();
        foreach (var file in files)
        {
            var (clip, reason) = await ReadFileAsync(file, ct);
            if (clip is not null && clip.Length > window)
                reason = FormattableString.Invariant($"has {clip.Length.TotalSeconds:0.0} s, more than inspection.audio.window");
            if (clip is null || reason is not null)
                errors.Add($"{Path}: {file} {reason}");
            else
                clips.Add(clip);
        }

        return errors.Count == 0 ? clips : throw new ConfigurationException(errors);
    }

    private static async Task<(SpokenClip? Clip, string? Reason)> ReadFileAsync(string file, CancellationToken ct)
    {
        if (new FileInfo(file).Length is var bytes and > MaxFileBytes)
            return (null, $"has {bytes} bytes, at most {MaxFileBytes} are read");
        try
        {
            await foreach (var sound in new FileAudioSource().ReadAsync(file, s_longest, TimeSpan.Zero, ct))
            {
                using (sound)
                {
                    if (sound.Length >= (int)(s_longest.TotalSeconds * AudioWindow.SampleRate))
                        return (null, $"is longer than {s_longest.TotalSeconds} s");
                    return (SpokenClip.TryRead(System.IO.Path.GetFileNameWithoutExtension(file), sound.Samples, out var reason), reason);
                }
            }
        }
        catch (MediaUnreadableException exception)
        {
            return (null, $"cannot be read: {exception.Message}");
        }

        return (null, "holds no sound");
    }
}
