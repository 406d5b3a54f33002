using System.Diagnostics.CodeAnalysis;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Ffmpeg;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Decoding.Audio;

/// <summary>
/// Decodes windows of sound of all streams, one at a time: one worker keeps up with some hundred streams. Confined as the picture decoders are;
/// a process that crashes or hangs is replaced and costs the window that it had, and a stream that wrecks several in a row is refused for a time.
/// </summary>
public sealed partial class AudioDecoder : IAsyncDisposable
{
    private readonly AudioDecoderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AudioDecoder> _logger;
    private readonly Quarantine _quarantine;
    private readonly ConfinedFfmpeg _ffmpeg;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private AacWorker? _worker;
    private int _waiting;

    /// <summary>Makes a decoder; its worker is started with the first window.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="time">Clock of deadlines and quarantines.</param>
    /// <param name="logger">Where wrecked workers are told.</param>
    public AudioDecoder(AudioDecoderOptions options, TimeProvider time, ILogger<AudioDecoder> logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _quarantine = new Quarantine(options.CrashesBeforeQuarantine, options.QuarantineTime, time);
        _ffmpeg = new ConfinedFfmpeg(options.FfmpegFolder, options.Niceness, options.MaxAddressSpace);
    }

    /// <summary>True for a codec whose sound can be decoded.</summary>
    public static bool Takes(MediaCodec codec) => AudioRun.CodecId(codec) is not null;

    /// <summary>Decodes a window.</summary>
    /// <param name="request">What to decode; the caller holds its packets until the answer.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async ValueTask<AudioDecodeResult> DecodeAsync(AudioDecodeRequest request, CancellationToken ct)
    {
        if (Refusal(request) is { } refused)
            return refused;
        if (Interlocked.Increment(ref _waiting) > _options.QueueLength)
        {
            Interlocked.Decrement(ref _waiting);
            return new AudioDecodeResult.Failed(GateFault.None, $"{_options.QueueLength} windows are waiting already");
        }

        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, _closing.Token);
            await _turn.WaitAsync(both.Token).ConfigureAwait(false);
            try
            {
                var began = _time.GetTimestamp();
                var answer = await AnswerAsync(request, both.Token).ConfigureAwait(false);
                return answer with { Busy = _time.GetElapsedTime(began) };
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Closing;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        await DropAsync().ConfigureAwait(false);
        _turn.Release();
        _ffmpeg.Dispose();
    }

    private static AudioDecodeResult.Failed Closing => new(GateFault.GateShutdown, "the audio decoder is closing");

    private AudioDecodeResult.Failed? Refusal(AudioDecodeRequest request)
    {
        if (_closing.IsCancellationRequested)
            return Closing;
        if (_quarantine.Holds(request.Stream))
            return new AudioDecodeResult.Failed(GateFault.DecoderFailed, $"the stream wrecked {_options.CrashesBeforeQuarantine} audio decoders in a row and is refused for a time");
        if (request.Packets.Count == 0)
            return new AudioDecodeResult.Failed(GateFault.DecoderFailed, "there are no packets");
        var codec = request.Packets[0].Traits.Codec;
        if (!Takes(codec) || request.Packets.Any(packet => packet.Traits.Codec != codec))
            return new AudioDecodeResult.Failed(GateFault.DecoderFailed, $"audio codec {codec} is not decoded");
        if (codec == MediaCodec.Aac && request.SequenceHeader is null)
            return new AudioDecodeResult.Failed(GateFault.DecoderFailed, "there is no configuration for AAC");
        var bytes = 0L;
        foreach (var packet in request.Packets)
            bytes += packet.Payload.Length;
        return bytes > _options.MaxWindowBytes || request.Packets.Count > _options.MaxPackets
            || request.Milliseconds() < 0 || request.Milliseconds() > _options.MaxWindow.TotalMilliseconds
            ? new AudioDecodeResult.Failed(GateFault.PublisherLimit, $"a window of {request.Milliseconds()} ms, {request.Packets.Count} packets and {bytes} bytes is over a limit")
            : null;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a stranger's bits do, the next stream's window is decoded.")]
    private async Task<AudioDecodeResult> AnswerAsync(AudioDecodeRequest request, CancellationToken ct)
    {
        AacWorker? worker = null;
        try
        {
            if (request.Packets[0].Traits.Codec == MediaCodec.Aac)
                worker = await EnsureAsync(ct).ConfigureAwait(false);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            Log.CannotStart(_logger, error.Message);
            return new AudioDecodeResult.Failed(GateFault.DecoderFailed, $"ffmpeg did not start: {error.Message}");
        }

        try
        {
            var window = worker is not null
                ? await worker.DecodeAsync(request, ct).ConfigureAwait(false)
                : await AudioRun.DecodeAsync(request, _options, _ffmpeg.Folder, _time, ct).ConfigureAwait(false);
            _quarantine.Clear(request.Stream);
            if (window.Length > 0)
                return new AudioDecodeResult.Decoded(window);
            window.Dispose();
            return new AudioDecodeResult.Failed(GateFault.DecoderFailed, "the bits gave no sound");
        }
        catch (Exception error)
        {
            // Half a window is in the worker's pipes: it cannot go on, whoever gave up.
            await DropAsync().ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
            var why = error is OperationCanceledException ? "no sound in time" : error.Message;
            var isQuarantined = _quarantine.Strike(request.Stream);
            Log.WorkerLost(_logger, request.Stream, why, isQuarantined);
            return new AudioDecodeResult.Failed(GateFault.DecoderFailed, $"the audio decoder was lost: {why}");
        }
    }

    private async Task<AacWorker> EnsureAsync(CancellationToken ct)
    {
        if (_worker is { IsWornOut: true })
            await DropAsync().ConfigureAwait(false);
        if (_worker is not null)
            return _worker;
        _worker = await AacWorker.StartAsync(_options, _ffmpeg.Folder, _time, ct).ConfigureAwait(false);
        DecodeMetrics.Workers.Add(1);
        return _worker;
    }

    private async ValueTask DropAsync()
    {
        if (_worker is not { } worker)
            return;
        _worker = null;
        DecodeMetrics.Workers.Add(-1);
        await worker.DisposeAsync().ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(2010, LogLevel.Warning, "An audio decoder was lost on stream {Stream}: {Why}. Quarantined: {IsQuarantined}")]
        public static partial void WorkerLost(ILogger logger, StreamId stream, string why, bool isQuarantined);

        [LoggerMessage(2011, LogLevel.Error, "An audio decoder cannot be started: {Why}")]
        public static partial void CannotStart(ILogger logger, string why);
    }
}
