using Microsoft.Data.Sqlite;

namespace IntegrityGate.Reporting.Journal;

/// <summary>One SQLite connection with its prepared statements; used by one caller at a time.</summary>
internal sealed class JournalConnection : IDisposable
{
    /// <summary>Prepared statements kept; the fixed ones are about 40, the rest are list filters.</summary>
    private const int MaxPrepared = 96;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    private JournalConnection(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the database file; a writer makes it when it is absent.</summary>
    public static JournalConnection Open(JournalOptions options, bool writer)
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = options.DatabaseFile,
            Mode = writer ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds),
        }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            var opened = new JournalConnection(connection);
            opened.Execute($"PRAGMA busy_timeout = {(long)options.BusyTimeout.TotalMilliseconds}");
            opened.Execute("PRAGMA foreign_keys = ON");
            if (!writer)
                opened.Execute("PRAGMA query_only = ON");
            return opened;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement; parameters are <c>$1</c>, <c>$2</c>, … in order.</summary>
    /// <returns>Rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Bind(sql, arguments).ExecuteNonQuery();

    /// <summary>Runs a statement and gives the first column of its first row; null when there is none.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> arguments) =>
        Bind(sql, arguments).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Runs a statement and gives its first row; null when there is none.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>Runs a statement and gives its rows until <paramref name="take"/> says to stop.</summary>
    public void Each(string sql, Func<SqliteDataReader, bool> take, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        while (reader.Read() && take(reader))
        {
            // The caller keeps what it wants.
        }
    }

    /// <summary>Runs a statement and gives all its rows; the statement bounds them.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
    {
        var rows = new List<T>();
        using var reader = Bind(sql, arguments).ExecuteReader();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        _prepared.Clear();
        _connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            if (_prepared.Count >= MaxPrepared)
                Forget();
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var index = 0; index < arguments.Length; index++)
                command.Parameters.Add(new SqliteParameter($"${index + 1}", null));
            _prepared.Add(sql, command);
        }

        for (var index = 0; index < arguments.Length; index++)
            command.Parameters[index].Value = arguments[index] ?? DBNull.Value;
        return command;
    }

    private void Forget()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        _prepared.Clear();
    }
}
