using System.Buffers;
using IntegrityGate.Core.Audio;
using IntegrityGate.Media.Ffmpeg;

namespace IntegrityGate.Media.Decoding.Audio;

/// <summary>
/// One long-lived ffmpeg process that decodes windows of AAC of any stream, one after the other. Behind each window comes a silent frame at a
/// later time: when its sound comes out, so has the window's, whatever the window's own bits gave. The silence has a configuration of its
/// own, so nothing of one stream is left in the decoder when the next one's bits come.
/// </summary>
internal sealed class AacWorker : IAsyncDisposable
{
    /// <summary>ms between a window's end and the silence behind it, and from there to the next window; under the 10 s at which ffmpeg takes a jump for a new clock.</summary>
    private const long Space = 1000;

    private readonly FfmpegProcess _process;
    private readonly AudioDecoderOptions _options;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _bytes = new(256 * 1024);
    private Stream _input = null!;
    private PcmStream _output = null!;
    private long _clock;

    private AacWorker(FfmpegProcess process, AudioDecoderOptions options, TimeProvider time)
    {
        _process = process;
        _options = options;
        _time = time;
    }

    /// <summary>Windows decoded so far.</summary>
    public int Windows { get; private set; }

    /// <summary>True when the worker should be renewed.</summary>
    public bool IsWornOut => Windows >= _options.WindowsPerWorker || _clock > int.MaxValue || _process.IsNoisy || _process.Exit.IsCompleted;

    /// <summary>The last lines of complaint.</summary>
    public string Complaints => _process.Complaints;

    /// <summary>Starts a worker and waits for its first sound.</summary>
    /// <exception cref="IOException">It did not start.</exception>
    /// <exception cref="OperationCanceledException">It did not start in time.</exception>
    public static async Task<AacWorker> StartAsync(AudioDecoderOptions options, string folder, TimeProvider time, CancellationToken ct)
    {
        var process = FfmpegProcess.Start(new FfmpegRun
        {
            InputOptions = "-hide_banner -nostdin -nostats -v error -protocol_whitelist unix,pipe -probesize 32 -analyzeduration 0 -copyts -threads 1",
            PipedFormat = "flv",
            OutputOptions = PcmStream.OutputOptions,
            OutputFormat = PcmStream.OutputFormat,
            Folder = folder,
        });
        var worker = new AacWorker(process, options, time);
        try
        {
            using var deadline = new CancellationTokenSource(options.StartTimeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
            worker._input = await process.Input!.Opened.WaitAsync(both.Token).ConfigureAwait(false);
            AacTag.WriteFileHeader(worker._bytes);
            AacTag.WriteSilence(worker._bytes, 0);
            await worker.SendAsync(both.Token).ConfigureAwait(false);
            worker._output = new PcmStream(await process.Output.Opened.WaitAsync(both.Token).ConfigureAwait(false));
            if (await worker._output.NextAsync(both.Token).ConfigureAwait(false) is not { } first)
                throw new EndOfStreamException($"The decoder closed its output: {process.Complaints}");
            first.Release();
            worker._clock = Space;
            return worker;
        }
        catch
        {
            await worker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Decodes a window.</summary>
    /// <param name="request">AAC.</param>
    /// <param name="ct">Ends the wait; the worker is lost then.</param>
    /// <exception cref="IOException">The worker died.</exception>
    /// <exception cref="OperationCanceledException">The worker hangs.</exception>
    public async Task<AudioWindow> DecodeAsync(AudioDecodeRequest request, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var begin = _clock;
        var end = begin + request.Milliseconds() + Space;
        if (request.SequenceHeader is { } header)
            AacTag.WriteConfiguration(_bytes, begin, header.Body());
        foreach (var packet in request.Packets)
            AacTag.WriteFrame(_bytes, begin + packet.Dts.Milliseconds - request.Packets[0].Dts.Milliseconds, packet.Body());
        AacTag.WriteSilence(_bytes, end);
        _clock = end + Space;
        Windows++;
        var window = request.CreateWindow();
        try
        {
            // At the same time: both pipes together hold less than a window.
            var sending = SendAsync(both.Token);
            var isWhole = await _output.FillAsync(window, begin, end, both.Token).ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            return isWhole ? window : throw new EndOfStreamException($"The decoder closed its output: {_process.Complaints}");
        }
        catch
        {
            window.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task SendAsync(CancellationToken ct)
    {
        await _input.WriteAsync(_bytes.WrittenMemory, ct).ConfigureAwait(false);
        await _input.FlushAsync(ct).ConfigureAwait(false);
        _bytes.ResetWrittenCount();
    }
}
