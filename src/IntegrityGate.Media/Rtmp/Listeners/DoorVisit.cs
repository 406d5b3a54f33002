using Microsoft.AspNetCore.Connections;

namespace IntegrityGate.Media.Rtmp.Listeners;

/// <summary>One connection on its way from accept to the RTMP server, with the deadline of the stage it is in.</summary>
internal sealed class DoorVisit(ConnectionContext connection, TimeProvider time)
{
    private readonly Lock _lock = new();
    private string? _limit;
    private TimeSpan _allowed;
    private long _started;
    private bool _isOver;

    /// <summary>True once the connection has reached the RTMP server.</summary>
    public bool IsThrough { get; private set; }

    /// <summary>True when it was cut on the way, and counted where that was done.</summary>
    public bool IsCut { get; private set; }

    /// <summary>A stage begins.</summary>
    /// <param name="limit">Name of the limit that holds.</param>
    /// <param name="allowed">How long it may take.</param>
    public void Begin(string limit, TimeSpan allowed)
    {
        lock (_lock)
            (_limit, _allowed, _started) = (limit, allowed, time.GetTimestamp());
    }

    /// <summary>The connection has reached the server, which watches it from now on.</summary>
    public void Pass()
    {
        lock (_lock)
            (IsThrough, _isOver) = (!IsCut, true);
    }

    /// <summary>The connection is gone or turned away.</summary>
    public void End()
    {
        lock (_lock)
            _isOver = true;
    }

    /// <summary>Cuts the connection if its stage takes too long.</summary>
    /// <returns>The limit it went over, or null.</returns>
    public string? CutIfOverdue()
    {
        lock (_lock)
        {
            if (_isOver || _limit is null || time.GetElapsedTime(_started) < _allowed)
                return null;
        }

        return Cut($"over {_limit}") ? _limit : null;
    }

    /// <summary>Cuts the connection wherever it is on its way.</summary>
    /// <returns>False when it is no longer on its way.</returns>
    public bool Cut(string reason)
    {
        lock (_lock)
        {
            if (_isOver)
                return false;
            (IsCut, _isOver) = (true, true);
        }

        connection.Abort(new ConnectionAbortedException(reason));
        return true;
    }
}
