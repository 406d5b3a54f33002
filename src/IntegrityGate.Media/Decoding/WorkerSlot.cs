using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Decoding;

/// <summary>The place of one worker of one codec: holds the process, replaces it when it fails or is worn out, and waits between failed starts.</summary>
internal sealed class WorkerSlot(VideoCodec codec, DecodePoolOptions options, string folder, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);

    private DecodeWorker? _worker;
    private TimeSpan _backoff = TimeSpan.Zero;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private bool _hadOne;

    /// <summary>Starts the worker ahead of the first request; a failure shows at the first request.</summary>
    public async Task WarmUpAsync(CancellationToken ct)
    {
        try
        {
            await EnsureAsync(ct).ConfigureAwait(false);
        }
        catch (WorkerUnavailableException)
        {
            // The first request says so.
        }
    }

    /// <summary>Decodes a key frame; see <see cref="DecodeWorker.DecodeAsync"/>. Whatever it throws, the worker is gone then.</summary>
    /// <exception cref="WorkerUnavailableException">No worker can be started.</exception>
    public async Task<VideoFrame?> DecodeAsync(DecoderInput input, MediaTime pts, bool isSuspect, CancellationToken ct)
    {
        var worker = await EnsureAsync(ct).ConfigureAwait(false);
        try
        {
            return await worker.DecodeAsync(input, pts, isSuspect, ct).ConfigureAwait(false);
        }
        catch
        {
            await DropAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DropAsync();

    private async Task<DecodeWorker> EnsureAsync(CancellationToken ct)
    {
        if (_worker is { IsWornOut: true })
            await DropAsync().ConfigureAwait(false);
        if (_worker is not null)
            return _worker;
        if (time.GetUtcNow() < _notBefore)
            throw new WorkerUnavailableException("the last start failed a moment ago");
        try
        {
            _worker = await DecodeWorker.StartAsync(codec, options, folder, time, ct).ConfigureAwait(false);
        }
        catch (Exception error) when ((error is IOException or OperationCanceledException or ObjectDisposedException) && !ct.IsCancellationRequested)
        {
            _backoff = _backoff == TimeSpan.Zero ? FirstBackoff : TimeSpan.FromTicks(Math.Min(_backoff.Ticks * 2, LongestBackoff.Ticks));
            _notBefore = time.GetUtcNow() + _backoff;
            throw new WorkerUnavailableException($"ffmpeg did not start: {error.Message}");
        }

        _backoff = TimeSpan.Zero;
        if (_hadOne)
            DecodeMetrics.Restarts.Add(1);
        _hadOne = true;
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
}
