using System.ComponentModel;
using System.Text.Json;
using FFMpegCore;
using FFMpegCore.Exceptions;
using Instances.Exceptions;

namespace IntegrityGate.Media.Decoding;

/// <summary>Reads what a file or URL says of itself, through ffprobe.</summary>
/// <param name="ffmpegFolder">Folder of the ffprobe program; empty for the search path.</param>
public sealed class MediaProbe(string ffmpegFolder = "")
{
    /// <summary>Reads duration, size, codec and tags.</summary>
    /// <param name="input">File or URL.</param>
    /// <param name="ct">Ends the wait and the process.</param>
    /// <exception cref="MediaUnreadableException">It cannot be read.</exception>
    public async Task<MediaInformation> ReadAsync(string input, CancellationToken ct)
    {
        var media = MediaInput.Read(input);
        var options = new FFOptions { BinaryFolder = ffmpegFolder };
        var arguments = $"-protocol_whitelist {media.Protocols}" + (media.IsUrl ? FileFrameSource.UrlOptions : "");
        try
        {
            // Task.Run: FFMpegCore looks for the program and starts it on the caller's thread.
            var analysis = await Task.Run(
                () => media.IsUrl ? FFProbe.AnalyseAsync(new Uri(media.Name), options, arguments, ct) : FFProbe.AnalyseAsync(media.Name, options, arguments, ct),
                ct).ConfigureAwait(false);
            var video = analysis.PrimaryVideoStream;
            var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in (analysis.Format.Tags ?? new Dictionary<string, string>()).Concat(video?.Tags ?? new Dictionary<string, string>()))
                tags.TryAdd(name, value);
            return new MediaInformation(analysis.Duration, analysis.Format.FormatName, video?.CodecName, video?.Width ?? 0, video?.Height ?? 0, tags) { AudioCodec = analysis.PrimaryAudioStream?.CodecName };
        }
        catch (FFProbeProcessException error)
        {
            throw new MediaUnreadableException(media.Redact(string.Join(" | ", error.StandardError.TakeLast(4))), error);
        }
        catch (Exception error) when (error is FFMpegException or InstanceException or Win32Exception or IOException or JsonException or FormatException)
        {
            throw new MediaUnreadableException(media.Redact(error.Message), error);
        }
    }
}
