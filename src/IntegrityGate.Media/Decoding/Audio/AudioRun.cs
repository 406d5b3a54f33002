using System.Buffers;
using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Ffmpeg;
using IntegrityGate.Media.Matroska;

namespace IntegrityGate.Media.Decoding.Audio;

/// <summary>Decodes a window of a codec other than AAC in a process of its own: they are rare, and a Matroska stream has one configuration for good.</summary>
internal static class AudioRun
{
    /// <summary>Matroska's name of a codec; null when it is not decoded.</summary>
    public static string? CodecId(MediaCodec codec) => codec switch
    {
        MediaCodec.Aac => "A_AAC",
        MediaCodec.Mp3 => "A_MPEG/L3",
        MediaCodec.Opus => "A_OPUS",
        MediaCodec.Flac => "A_FLAC",
        MediaCodec.Ac3 => "A_AC3",
        MediaCodec.Eac3 => "A_EAC3",
        _ => null,
    };

    /// <summary>Decodes a window.</summary>
    /// <exception cref="IOException">The process died or gave nothing.</exception>
    /// <exception cref="OperationCanceledException">The process hangs.</exception>
    public static async Task<AudioWindow> DecodeAsync(AudioDecodeRequest request, AudioDecoderOptions options, string folder, TimeProvider time, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(options.RequestTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var bytes = new ArrayBufferWriter<byte>(256 * 1024);
        MatroskaWriter.WriteAudioStart(bytes, CodecId(request.Packets[0].Traits.Codec)!, request.SequenceHeader is { } header ? header.Body() : []);
        foreach (var packet in request.Packets)
            MatroskaWriter.WriteBlock(bytes, packet.Dts.Milliseconds - request.Packets[0].Dts.Milliseconds, isKey: true, packet.Body());
        await using var process = FfmpegProcess.Start(new FfmpegRun
        {
            InputOptions = "-hide_banner -nostdin -nostats -v error -protocol_whitelist unix,pipe -copyts -threads 1",
            PipedFormat = "matroska",
            OutputOptions = PcmStream.OutputOptions,
            OutputFormat = PcmStream.OutputFormat,
            Folder = folder,
        });
        var window = request.CreateWindow();
        try
        {
            var feeding = FeedAsync(process.Input!, bytes.WrittenMemory, both.Token);
            var output = new PcmStream(await OutputOf(process, both.Token).ConfigureAwait(false));
            await output.FillAsync(window, 0, long.MaxValue, both.Token).ConfigureAwait(false);
            await feeding.ConfigureAwait(false);
            return window.Length > 0 ? window : throw new IOException($"The decoder gave no sound: {process.Complaints}");
        }
        catch
        {
            window.Dispose();
            throw;
        }
    }

    private static async Task<Stream> OutputOf(FfmpegProcess process, CancellationToken ct)
    {
        try
        {
            return await process.Output.Opened.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"The decoder ended without a sound: {process.Complaints}");
        }
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
            // The process is gone; the reading side tells.
        }

        pipe.Close();
    }
}
