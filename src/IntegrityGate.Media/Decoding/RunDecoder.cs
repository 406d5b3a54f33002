using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Ffmpeg;

namespace IntegrityGate.Media.Decoding;

/// <summary>
/// Decodes a run of packets in a process of its own and lets only the wanted picture through. The process's start (some 50 ms) is
/// small beside the run's decoding, and a picture's reordering depth may differ from stream to stream, which a shared decoder's
/// may not.
/// </summary>
internal static class RunDecoder
{
    /// <summary>Decodes a run.</summary>
    /// <returns>The picture, or null when none came out.</returns>
    /// <exception cref="IOException">The process died or gave a picture of a wrong size.</exception>
    /// <exception cref="OperationCanceledException">The process hangs.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The frame is the return value.")]
    public static async Task<VideoFrame?> DecodeAsync(DecoderInput input, MediaTime pts, DecodePoolOptions options, string folder, TimeProvider time, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(options.RunTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var bytes = new ArrayBufferWriter<byte>(64 * 1024);
        input.WriteStart(bytes);
        var wanted = input.Write(bytes, 1000);
        await using var process = FfmpegProcess.Start(new FfmpegRun
        {
            InputOptions = "-hide_banner -nostdin -nostats -v error -protocol_whitelist unix,pipe -probesize 32 -analyzeduration 0 -threads 1 -copyts",
            PipedFormat = input.Codec.Container,
            OutputOptions = string.Create(
                CultureInfo.InvariantCulture,
                $"-map 0:v:0 -vf select=gte(pts\\,{wanted}) -fps_mode passthrough -filter_threads 1 -threads 1 -c:v rawvideo -pix_fmt rgb24 -frames:v 1"),
            OutputFormat = "mpjpeg",
            Folder = folder,
        });
        var feed = FeedAsync(process.Input!, bytes.WrittenMemory, both.Token);
        VideoFrame? frame = null;
        try
        {
            var reader = new PictureReader(await process.Output.Opened.WaitAsync(both.Token).ConfigureAwait(false));
            var length = await reader.NextLengthAsync(both.Token).ConfigureAwait(false);
            if (length != input.Video.Width * input.Video.Height * 3)
                throw new IOException($"The decoder gave {length} bytes for a picture of {input.Video.Width}x{input.Video.Height}.");
            frame = await reader.ReadFrameAsync(pts, input.Video.Width, input.Video.Height, both.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is EndOfStreamException || (error is OperationCanceledException && !both.IsCancellationRequested))
        {
            // It ended without a picture: undecodable when it ended well.
            if (await process.Exit.WaitAsync(both.Token).ConfigureAwait(false) is var code and not 0)
                throw new IOException($"The decoder ended with code {code}: {process.Complaints}");
        }

        await feed.ConfigureAwait(false);
        return frame;
    }

    private static async Task FeedAsync(LentPipe pipe, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            var stream = await pipe.Opened.WaitAsync(ct).ConfigureAwait(false);
            await stream.WriteAsync(bytes, ct).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The process has seen enough, or is gone; the reading side tells which.
        }

        pipe.Close();
    }
}
