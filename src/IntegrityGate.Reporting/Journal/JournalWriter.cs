using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Reporting.Journal;

/// <summary>
/// The one writer: takes what waits in its queue, runs it in one transaction, commits, publishes the newest cursor and only
/// then tells the callers. While one commit is being flushed the next batch gathers, so the rate grows with the load.
/// </summary>
internal sealed partial class JournalWriter : IAsyncDisposable
{
    private readonly JournalConnection _db;
    private readonly JournalOptions _options;
    private readonly CursorSignal _cursors;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<JournalWrite> _queue;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile JournalHealth _health;

    /// <summary>Starts the writer; it owns the connection from now on.</summary>
    public JournalWriter(JournalConnection db, JournalOptions options, CursorSignal cursors, TimeProvider time, ILogger logger)
    {
        _db = db;
        _options = options;
        _cursors = cursors;
        _time = time;
        _logger = logger;
        _health = new JournalHealth(true, "", time.GetUtcNow());
        _queue = Channel.CreateBounded<JournalWrite>(new BoundedChannelOptions(options.QueueCapacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
        });

        // A thread of its own: a flush blocks for as long as the disk likes, which must not cost the pool a thread.
        _thread = new Thread(Loop) { IsBackground = true, Name = "journal writer" };
        _thread.Start();
    }

    /// <summary>How the last write went.</summary>
    public JournalHealth Health => _health;

    /// <summary>Queues work and waits until it is durable.</summary>
    /// <exception cref="JournalException">Nothing of the work was kept.</exception>
    public async Task<T> RunAsync<T>(Func<JournalConnection, T> work, CancellationToken cancellationToken)
    {
        var write = new JournalWriteOf<T>(work);
        try
        {
            await _queue.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new JournalException("the journal is closed");
        }

        JournalTelemetry.QueueLength.Add(1);
        return await write.Done.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what is queued, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ended.Task;
    }

    private void Loop()
    {
        try
        {
            var batch = new List<JournalWrite>(_options.MaxBatch);
            while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (batch.Count < _options.MaxBatch && _queue.Reader.TryRead(out var write))
                    batch.Add(write);
                JournalTelemetry.QueueLength.Add(-batch.Count);
                Commit(batch);
                batch.Clear();
            }
        }
        finally
        {
            _db.Dispose();
            _ended.TrySetResult();
        }
    }

    private void Commit(List<JournalWrite> batch)
    {
        var kept = new List<JournalWrite>(batch.Count);
        var failed = new List<(JournalWrite Write, Exception Reason)>();
        var started = Stopwatch.GetTimestamp();
        long latest;
        try
        {
            _db.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch)
            {
                if (RunOne(write) is { } reason)
                    failed.Add((write, reason));
                else
                    kept.Add(write);
            }

            latest = EventRows.Latest(_db);
            _db.Execute("COMMIT");
        }
        catch (SqliteException exception)
        {
            RollBack();
            FailAll(batch, exception);
            return;
        }

        JournalTelemetry.CommitDuration.Record(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        JournalTelemetry.BatchSize.Record(kept.Count);
        if (!_health.IsHealthy)
        {
            _health = new JournalHealth(true, "", _time.GetUtcNow());
            Log.Recovered(_logger, _options.DatabaseFile);
        }

        var events = latest - _cursors.Latest;
        if (events > 0)
            JournalTelemetry.Events.Add(events);

        // Durable first, then published, then acknowledged.
        _cursors.Advance(latest);
        foreach (var write in kept)
            write.Succeed();
        foreach (var (write, reason) in failed)
            write.Fail(reason);
    }

    /// <summary>Runs one write so that its failure takes nothing of the others. Faults of the file itself are thrown on: they spoil the batch.</summary>
    private Exception? RunOne(JournalWrite write)
    {
        _db.Execute("SAVEPOINT one");
        try
        {
            write.Run(_db);
            _db.Execute("RELEASE one");
            return null;
        }
        catch (Exception exception) when (exception is not SqliteException sqlite || sqlite.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            _db.Execute("ROLLBACK TO one");
            _db.Execute("RELEASE one");
            return exception is SqliteException
                ? new JournalException($"{_options.DatabaseFile}: {exception.Message}", exception)
                : exception;
        }
    }

    private void FailAll(List<JournalWrite> batch, SqliteException exception)
    {
        var reason = $"{_options.DatabaseFile}: cannot be written: {exception.Message}";
        if (_health.IsHealthy)
        {
            _health = new JournalHealth(false, reason, _time.GetUtcNow());
            Log.Failed(_logger, _options.DatabaseFile, exception.Message);
        }

        JournalTelemetry.Failures.Add(batch.Count);
        foreach (var write in batch)
            write.Fail(new JournalException(reason, exception));
    }

    private void RollBack()
    {
        try
        {
            _db.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // A full disk has already rolled the transaction back (SQLite "Response To Errors Within A Transaction").
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5000, LogLevel.Error, "Journal {File} cannot be written: {Reason}. Incidents fail until it can")]
        public static partial void Failed(ILogger logger, string file, string reason);

        [LoggerMessage(5001, LogLevel.Warning, "Journal {File} can be written again")]
        public static partial void Recovered(ILogger logger, string file);
    }
}
