using FFMpegCore;
using FFMpegCore.Pipes;

namespace IntegrityGate.Media.Ffmpeg;

/// <summary>A short stream with a test picture and a tone, as an encoder would send it.</summary>
public static class TestPicture
{
    /// <summary>Makes an FLV file of 640x360 at 25 Hz, H.264 with a key frame a second, and AAC.</summary>
    /// <param name="duration">How long it plays.</param>
    /// <param name="folder">Folder of the ffmpeg program; empty for the search path.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="IOException">ffmpeg could not be run, or made nothing.</exception>
    public static async Task<byte[]> MakeAsync(TimeSpan duration, string folder, CancellationToken ct)
    {
        using var output = new MemoryStream();
        var seconds = duration.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            await FFMpegArguments
                .FromFileInput("testsrc2=size=640x360:rate=25", verifyExists: false, options => options.ForceFormat("lavfi"))
                .AddFileInput("sine=frequency=440:sample_rate=44100", verifyExists: false, options => options.ForceFormat("lavfi"))
                .OutputToPipe(
                    new StreamPipeSink(output),
                    options => options.ForceFormat("flv").WithCustomArgument(
                        $"-t {seconds} -c:v libx264 -preset veryfast -tune zerolatency -profile:v baseline -pix_fmt yuv420p -g 25 -b:v 800k -c:a aac -b:a 64k -flvflags no_duration_filesize"))
                .ProcessAsynchronously(throwOnError: true, new FFOptions { BinaryFolder = folder }, ct)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new IOException($"ffmpeg could not make the test picture: {exception.Message}", exception);
        }

        return output.Length > 0 ? output.ToArray() : throw new IOException("ffmpeg made an empty test picture");
    }
}
