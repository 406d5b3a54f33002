using System.Globalization;
using System.Runtime.CompilerServices;
using IntegrityGate.Core.Frames;
using IntegrityGate.Media.Ffmpeg;

namespace IntegrityGate.Media.Decoding;

/// <summary>Samples the pictures of a file or URL in any container and codec that ffmpeg reads, as fast as it goes.</summary>
/// <param name="ffmpegFolder">Folder of the ffmpeg program; empty for the search path.</param>
public sealed class FileFrameSource(string ffmpegFolder = "")
{
    /// <summary>15 s without a byte from the network are the end: as long as players wait.</summary>
    internal const string UrlOptions = " -rw_timeout 15000000";

    /// <summary>
    /// Reads one picture in each interval of the stream's own time: the first, and then the first of each next interval, each with its
    /// true presentation time. The process runs no further ahead than its pipe holds. The caller owns each frame.
    /// </summary>
    /// <param name="input">File or URL.</param>
    /// <param name="interval">Length of an interval; zero or less for every picture.</param>
    /// <param name="ct">Ends the reading and the process.</param>
    /// <exception cref="MediaUnreadableException">It cannot be read, or not to its end.</exception>
    public async IAsyncEnumerable<VideoFrame> ReadAsync(string input, TimeSpan interval, [EnumeratorCancellation] CancellationToken ct)
    {
        var media = MediaInput.Read(input);
        var every = interval.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
        var select = interval > TimeSpan.Zero ? $"-vf select=isnan(prev_selected_t)+gt(floor(t/{every})\\,floor(prev_selected_t/{every})) " : "";
        await using var process = FfmpegProcess.Start(new FfmpegRun
        {
            InputOptions = $"-hide_banner -nostdin -nostats -v error -protocol_whitelist {media.Protocols} -copyts" + (media.IsUrl ? UrlOptions : ""),
            Input = media.Name,
            OutputOptions = $"-map 0:v:0 {select}-fps_mode passthrough -an -sn -dn -c:v rawvideo -pix_fmt rgb24 -allow_raw_vfw 1 -live 1 -flush_packets 1",
            OutputFormat = "matroska",
            Folder = ffmpegFolder,
        });

        MatroskaPictures? pictures = null;
        while (true)
        {
            VideoFrame? frame;
            try
            {
                pictures ??= new MatroskaPictures(await process.Output.Opened.WaitAsync(ct).ConfigureAwait(false));
                frame = await pictures.NextAsync(ct).ConfigureAwait(false);
            }
            catch (Exception error) when ((error is IOException or ObjectDisposedException or OperationCanceledException) && !ct.IsCancellationRequested)
            {
                if (error is IOException and not EndOfStreamException)
                    process.Kill();
                await process.Exit.WaitAsync(ct).ConfigureAwait(false);
                throw new MediaUnreadableException(process.Complaints.Length > 0 ? media.Redact(process.Complaints) : error.Message, error);
            }

            if (frame is null)
                break;
            yield return frame;
        }

        if (await process.Exit.WaitAsync(ct).ConfigureAwait(false) is var code and not 0)
            throw new MediaUnreadableException($"ffmpeg ended with code {code}: {media.Redact(process.Complaints)}");
    }
}
