using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace IntegrityGate.Reporting.Journal;

/// <summary>
/// A few connections for reading beside the writer. Reads are short and bounded, so that none holds the write-ahead log
/// back, and a slow subscriber holds no connection while it is slow.
/// </summary>
internal sealed class JournalReaders(JournalOptions options) : IAsyncDisposable
{
    private readonly ConcurrentBag<JournalConnection> _idle = [];
    private readonly SemaphoreSlim _slots = new(options.Readers, options.Readers);
    private volatile bool _closed;

    /// <summary>Runs a read; all its statements see one state of the journal.</summary>
    /// <exception cref="JournalException">The journal could not be read.</exception>
    public async Task<T> ReadAsync<T>(Func<JournalConnection, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            if (_closed)
                throw new JournalException("the journal is closed");
            if (!_idle.TryTake(out var db))
                db = JournalConnection.Open(options, writer: false);
            var isSound = false;
            try
            {
                db.Execute("BEGIN");
                var result = read(db);
                db.Execute("COMMIT");
                isSound = true;
                return result;
            }
            finally
            {
                if (isSound)
                    _idle.Add(db);
                else
                    db.Dispose();
            }
        }
        catch (SqliteException exception)
        {
            throw new JournalException($"{options.DatabaseFile}: cannot be read: {exception.Message}", exception);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Closes the connections; waits for reads that are under way.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var slot = 0; slot < options.Readers; slot++)
            await _slots.WaitAsync();
        _slots.Release(options.Readers);
        while (_idle.TryTake(out var db))
            db.Dispose();
    }
}
