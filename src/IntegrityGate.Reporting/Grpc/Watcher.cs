using Grpc.Core;
using IntegrityGate.Reporting.Journal;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>
/// One watch. It reads on from its own position at its own pace, a batch at a time, and holds nothing while it sends: the
/// journal is its buffer, so a slow one costs the writer and the others nothing.
/// </summary>
internal sealed class Watcher : IDisposable
{
    private static readonly WriteOptions _gathered = new(WriteFlags.BufferHint);

    private readonly SqliteJournal _journal;
    private readonly IServerStreamWriter<Wire.WatchResponse> _responses;
    private readonly EventFilter _filter;
    private readonly ReportingOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stall;
    private readonly CancellationTokenSource _end;
    private readonly CancellationToken _ended;

    public Watcher(
        SqliteJournal journal,
        IServerStreamWriter<Wire.WatchResponse> responses,
        EventFilter filter,
        ReportingOptions options,
        TimeProvider time,
        CancellationToken ended)
    {
        _journal = journal;
        _responses = responses;
        _filter = filter;
        _options = options;
        _time = time;
        _ended = ended;
        _stall = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _end = CancellationTokenSource.CreateLinkedTokenSource(_stall.Token, ended);
    }

    /// <summary>True when the watcher took nothing for too long.</summary>
    public bool HasStalled => _stall.IsCancellationRequested && !_ended.IsCancellationRequested;

    /// <summary>Sends the incidents that are open, then what comes.</summary>
    public async Task FollowOpenAsync()
    {
        var through = _journal.LatestCursor;
        for (var position = 0L; position < through;)
        {
            var batch = await _journal.ReadOpenIncidentsAsync(position, through, _options.Limits.WatchBatch, _end.Token);
            var wanted = batch.Events.Where(entry => _filter.Passes(entry.Incident.Stream.Value, entry.Incident.Violation, entry.Incident.Severity));
            await SendAsync([.. wanted], isSnapshot: true);
            position = batch.ScannedThrough;
        }

        await FollowAsync(through);
    }

    /// <summary>Sends what comes after a cursor, for as long as the watch lasts.</summary>
    /// <exception cref="CursorOutOfRangeException">The position cannot be served, or retention has overtaken it.</exception>
    public async Task FollowAsync(long position)
    {
        using var heartbeat = new PeriodicTimer(_options.HeartbeatInterval, _time);
        var beat = heartbeat.WaitForNextTickAsync(_end.Token).AsTask();

        // The first read tells whether the position can be served, before anything is promised.
        var batch = await _journal.ReadEventsAsync(position, _options.Limits.WatchBatch, _filter, _end.Token);
        await BeatAsync(position);
        while (true)
        {
            FeedTelemetry.Lag.Record(_journal.LatestCursor - position);
            await SendAsync(batch.Events, isSnapshot: false);
            position = batch.ScannedThrough;
            var grown = _journal.WaitForEventsAsync(position, _end.Token);
            while (true)
            {
                if (beat.IsCompleted)
                {
                    await beat;
                    await BeatAsync(position);
                    beat = heartbeat.WaitForNextTickAsync(_end.Token).AsTask();
                }

                if (grown.IsCompleted || await Task.WhenAny(grown, beat) == grown)
                    break;
            }

            await grown;
            batch = await _journal.ReadEventsAsync(position, _options.Limits.WatchBatch, _filter, _end.Token);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Dispose();
        _stall.Dispose();
    }

    private async Task SendAsync(IReadOnlyList<JournalEvent> events, bool isSnapshot)
    {
        for (var index = 0; index < events.Count; index++)
        {
            // One flush a batch; nothing waits longer for it, since the batch is complete already.
            _responses.WriteOptions = index < events.Count - 1 ? _gathered : WriteOptions.Default;
            await WriteAsync(events[index].ToWire(isSnapshot));
        }

        if (events.Count > 0)
            FeedTelemetry.Sent.Add(events.Count);
    }

    private async Task BeatAsync(long position)
    {
        _responses.WriteOptions = WriteOptions.Default;
        await WriteAsync(new Wire.WatchResponse
        {
            Cursor = position,
            Heartbeat = new Wire.Heartbeat
            {
                LatestCursor = _journal.LatestCursor,
                OldestCursor = _journal.OldestCursor,
                JournalId = _journal.JournalId,
                Interval = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(_options.HeartbeatInterval),
            },
        });
    }

    private async ValueTask WriteAsync(Wire.WatchResponse message)
    {
        var write = _responses.WriteAsync(message, _end.Token);
        if (!write.IsCompleted)
        {
            _stall.CancelAfter(_options.Limits.MaxWatcherStall);
            await write;
            _stall.CancelAfter(Timeout.InfiniteTimeSpan);
            return;
        }

        await write;
    }
}
