using System.Diagnostics.CodeAnalysis;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.Ffmpeg;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Decoding;

/// <summary>
/// Decodes sampled pictures of all streams in a fixed number of ffmpeg processes. A process that crashes, hangs or lies is replaced
/// and costs the request that it had; a stream that wrecks several in a row is refused for a time.
/// </summary>
public sealed partial class DecodePool : IAsyncDisposable
{
    private readonly DecodePoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DecodePool> _logger;
    private readonly DecodeQueue _queue;
    private readonly Quarantine _quarantine;
    private readonly ConfinedFfmpeg _ffmpeg;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task[] _workers;

    /// <summary>Starts the pool's workers; returns at once.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="time">Clock of deadlines and quarantines.</param>
    /// <param name="logger">Where wrecked workers are told.</param>
    public DecodePool(DecodePoolOptions options, TimeProvider time, ILogger<DecodePool> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueLength, 1);
        _options = options;
        _time = time;
        _logger = logger;
        _queue = new DecodeQueue(options.QueueLength);
        _quarantine = new Quarantine(options.CrashesBeforeQuarantine, options.QuarantineTime, time);
        _ffmpeg = new ConfinedFfmpeg(options.FfmpegFolder, options.Niceness, options.MaxAddressSpace);
        _workers = [.. Enumerable.Range(0, options.Workers).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>True for a codec whose pictures can be decoded, and so inspected.</summary>
    public static bool Takes(MediaCodec codec) => VideoCodec.For(codec) is not null;

    /// <summary>Decodes a picture.</summary>
    /// <param name="request">What to decode; the pool takes its own holds on the packets before this returns.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async ValueTask<DecodeResult> DecodeAsync(DecodeRequest request, CancellationToken ct)
    {
        DecodeMetrics.Requests.Add(1);
        if (_closing.IsCancellationRequested)
            return Fail(GateFault.GateShutdown, "the decode pool is closing");
        if (_quarantine.Holds(request.Stream))
            return Fail(GateFault.DecoderFailed, $"the stream wrecked {_options.CrashesBeforeQuarantine} decoders in a row and is refused for a time");
        var ticket = new DecodeTicket(request);
        if (!_queue.TryAdd(ticket, out var replaced))
        {
            DecodeMetrics.Dropped.Add(1, new KeyValuePair<string, object?>("cause", "full"));
            ticket.Complete(new DecodeResult.Failed(GateFault.None, $"{_options.QueueLength} requests are waiting already"));
        }

        if (replaced is not null)
        {
            DecodeMetrics.Dropped.Add(1, new KeyValuePair<string, object?>("cause", "replaced"));
            replaced.Complete(new DecodeResult.Failed(GateFault.None, "replaced by a newer request of the same stream"));
        }

        await using (ct.UnsafeRegister(static (state, token) => ((DecodeTicket)state!).Abandon(token), ticket).ConfigureAwait(false))
            return await ticket.Result.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        foreach (var ticket in _queue.Close())
            ticket.Complete(new DecodeResult.Failed(GateFault.GateShutdown, "the decode pool is closing"));
        await Task.WhenAll(_workers).ConfigureAwait(false);
        _queue.Dispose();
        _ffmpeg.Dispose();
        _closing.Dispose();
    }

    private async Task WorkAsync()
    {
        // A decoder is started for a codec when its first picture comes; nearly every gate sees H.264, so that one is started ahead.
        var slots = new Dictionary<MediaCodec, WorkerSlot>();
        try
        {
            await SlotFor(VideoCodec.For(MediaCodec.H264)!).WarmUpAsync(_closing.Token).ConfigureAwait(false);
            while (true)
            {
                var ticket = await _queue.TakeAsync(_closing.Token).ConfigureAwait(false);
                var began = _time.GetTimestamp();
                var answer = ticket.Result.IsCompleted ? new DecodeResult.Failed(GateFault.None, "nobody waits any more") : await AnswerAsync(SlotFor, ticket.Request).ConfigureAwait(false);
                ticket.Complete(answer with { Busy = _time.GetElapsedTime(began) });
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
        finally
        {
            foreach (var slot in slots.Values)
                await slot.DisposeAsync().ConfigureAwait(false);
        }

        WorkerSlot SlotFor(VideoCodec codec) =>
            slots.TryGetValue(codec.Codec, out var slot) ? slot : slots[codec.Codec] = new WorkerSlot(codec, _options, _ffmpeg.Folder, _time);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One request must never end a worker's loop.")]
    private async Task<DecodeResult> AnswerAsync(Func<VideoCodec, WorkerSlot> slotFor, DecodeRequest request)
    {
        long bytes = 0;
        foreach (var packet in request.Run)
            bytes += packet.Payload.Length;
        if (bytes > _options.MaxRunBytes)
            return Fail(GateFault.PublisherLimit, $"a run of {bytes} bytes is over the limit of {_options.MaxRunBytes}");
        if (DecoderInput.TryCreate(request.SequenceHeader, request.Run, out var reason) is not { } input)
            return Fail(GateFault.DecoderFailed, reason ?? "unreadable");
        if ((long)input.Video.Width * input.Video.Height > _options.MaxPixels)
            return Fail(GateFault.PublisherLimit, $"a picture of {input.Video.Width}x{input.Video.Height} is over the limit of {_options.MaxPixels} px");

        var pts = request.Run[^1].Pts;
        var started = _time.GetTimestamp();
        try
        {
            var frame = request.Run.Count == 1
                ? await slotFor(input.Codec).DecodeAsync(input, pts, _quarantine.Suspects(request.Stream), _closing.Token).ConfigureAwait(false)
                : await RunDecoder.DecodeAsync(input, pts, _options, _ffmpeg.Folder, _time, _closing.Token).ConfigureAwait(false);
            if (frame is null)
                return Fail(GateFault.DecoderFailed, "the bits gave no picture");
            _quarantine.Clear(request.Stream);
            DecodeMetrics.Duration.Record(_time.GetElapsedTime(started).TotalMilliseconds);
            return new DecodeResult.Decoded(frame);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return Fail(GateFault.GateShutdown, "the decode pool is closing");
        }
        catch (WorkerUnavailableException error)
        {
            Log.CannotStart(_logger, error.Message);
            return Fail(GateFault.DecoderFailed, error.Message);
        }
        catch (Exception error)
        {
            var why = error is OperationCanceledException ? "no picture in time" : error.Message;
            var isQuarantined = _quarantine.Strike(request.Stream);
            Log.WorkerLost(_logger, request.Stream, why, isQuarantined);
            return Fail(GateFault.DecoderFailed, $"the decoder was lost: {why}");
        }
    }

    private static DecodeResult.Failed Fail(GateFault fault, string reason)
    {
        DecodeMetrics.Failures.Add(1, new KeyValuePair<string, object?>("fault", fault.ToString()));
        return new DecodeResult.Failed(fault, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(2000, LogLevel.Warning, "A decoder was lost on stream {Stream}: {Why}. Quarantined: {IsQuarantined}")]
        public static partial void WorkerLost(ILogger logger, StreamId stream, string why, bool isQuarantined);

        [LoggerMessage(2001, LogLevel.Error, "A decoder cannot be started: {Why}")]
        public static partial void CannotStart(ILogger logger, string why);
    }
}
