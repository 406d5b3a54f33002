using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Transport;

/// <summary>
/// One thread that serves many connections: it waits for the kernel to name those that have bytes, reads each, and what follows from a
/// read runs there and then: no packet is handed from thread to thread. What one pass has read is sent at the pass's end, one write a receiver.
/// Whatever runs here must not block; who might goes to the thread pool first.
/// </summary>
public sealed partial class EventLoop : IDisposable
{
    private const int EventsAtATime = 1024;

    // A pass of fewer is over before it is worth waiting for more: a gate with a few streams adds no wait to any packet.
    private const int GatherFrom = 8;

    [ThreadStatic]
    private static EventLoop? t_current;

    private static readonly AsyncLocal<EventLoop?> s_home = new();

    // Whoever sleeps on a core that others want is woken late, by a time slice of theirs (3 ms and more), and packets wait for that. After one
    // late wake the loop does not rest for a second.
    private static readonly TimeSpan s_latestWake = TimeSpan.FromMilliseconds(1);

    private readonly Epoll _epoll = new(EventsAtATime);
    private readonly Lock _gate = new();
    private readonly TimeSpan _gather;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private LoopConnection?[] _connections = new LoopConnection?[64];
    private uint[] _generations = new uint[64];
    private List<IThreadPoolWorkItem> _incoming = [];
    private List<IThreadPoolWorkItem> _arrived = [];
    private List<IThreadPoolWorkItem> _later = [];
    private List<IThreadPoolWorkItem> _due = [];
    private readonly List<IThreadPoolWorkItem> _now = [];
    private int _count;
    private long _restsFrom;
    private int _isWoken;
    private bool _isStopped;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="gather">
    /// The least time from the beginning of a pass over many connections to the next. Packets that come within it are read and sent together,
    /// which saves system calls; a packet waits for at most that long. Zero turns it off.
    /// </param>
    /// <param name="logger">For work that throws.</param>
    public EventLoop(string name, TimeSpan gather, ILogger logger)
    {
        _gather = gather;
        _logger = logger;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>True where loops can run: they are made of Linux' epoll.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>The loop whose thread this is; null on any other thread.</summary>
    public static EventLoop? Current => t_current;

    /// <summary>The loop that serves the connection on whose behalf this code runs, on whatever thread; null without one.</summary>
    public static EventLoop? Home
    {
        get => s_home.Value;
        set => s_home.Value = value;
    }

    /// <summary>Connections that it serves.</summary>
    public int Connections => Volatile.Read(ref _count);

    /// <summary>Runs work on the loop's thread in the current pass, or, from another thread, in the next. Ordered by thread.</summary>
    public void Post(IThreadPoolWorkItem work)
    {
        if (t_current == this)
        {
            _now.Add(work);
            return;
        }

        lock (_gate)
        {
            if (!_isStopped)
            {
                _incoming.Add(work);
                work = null!;
            }
        }

        if (work is not null)
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        else if (Interlocked.Exchange(ref _isWoken, 1) == 0)
            _epoll.Wake();
    }

    /// <summary>Ends the thread; connections that are left are cut.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isStopped)
                return;
            _isStopped = true;
        }

        Interlocked.Exchange(ref _isWoken, 1);
        _epoll.Wake();
        if (t_current != this)
            _thread.Join();
    }

    /// <summary>Serves a connection from now on.</summary>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    internal void Add(LoopConnection connection, int descriptor)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isStopped, this);
            var slot = Array.IndexOf(_connections, null);
            if (slot < 0)
            {
                slot = _connections.Length;
                Array.Resize(ref _generations, slot * 2);
                var grown = new LoopConnection?[slot * 2];
                _connections.CopyTo(grown, 0);
                Volatile.Write(ref _connections, grown); // the thread reads it without the lock
            }

            _connections[slot] = connection;
            _count++;
            connection.Number = ((ulong)_generations[slot] << 32) | (uint)slot;
            _epoll.Watch(descriptor, connection.Number); // the first event can come before this returns
        }
    }

    /// <summary>No longer serves a connection, whose descriptor is about to be closed.</summary>
    internal void Remove(ulong number)
    {
        lock (_gate)
        {
            var slot = (int)(uint)number;
            _connections[slot] = null;
            _generations[slot]++;
            _count--;
        }
    }

    /// <summary>Runs work in the next pass, after those connections that the kernel names then had their turn.</summary>
    internal void PostLater(IThreadPoolWorkItem work)
    {
        if (t_current == this)
            _later.Add(work);
        else
            Post(work);
    }

    private void Run()
    {
        t_current = this;
        try
        {
            while (!Volatile.Read(ref _isStopped))
            {
                var found = _epoll.Wait(_later.Count > 0 ? 0 : -1);
                var started = found >= GatherFrom && _gather > TimeSpan.Zero ? Stopwatch.GetTimestamp() : 0;
                Pass(found);
                if (started != 0)
                    Rest(started);
            }
        }
        finally
        {
            t_current = null;
            End();
        }
    }

    private void Rest(long passStarted)
    {
        var now = Stopwatch.GetTimestamp();
        if (now < _restsFrom || _gather - Stopwatch.GetElapsedTime(passStarted, now) is not { Ticks: > 0 } rest)
            return;
        Epoll.Rest(rest);
        if (Stopwatch.GetElapsedTime(now) > rest + s_latestWake)
            _restsFrom = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
    }

    private void Pass(int found)
    {
        (_due, _later) = (_later, _due);
        for (var index = 0; index < found; index++)
        {
            var (what, number) = _epoll[index];
            if (number == ulong.MaxValue)
                continue;
            if (Find(number) is { } connection)
                connection.OnReady(what);
        }

        RunAll(_due);
        Interlocked.Exchange(ref _isWoken, 0);
        lock (_gate)
            (_arrived, _incoming) = (_incoming, _arrived);
        RunAll(_arrived);
        RunAll(_now);
    }

    // A number may be one of a connection that went in this very pass.
    private LoopConnection? Find(ulong number)
    {
        var slot = (int)(uint)number;
        var connection = Volatile.Read(ref _connections)[slot];
        return connection?.Number == number ? connection : null;
    }

    // What is added meanwhile is run too.
    private void RunAll(List<IThreadPoolWorkItem> work)
    {
        for (var at = 0; at < work.Count; at++)
        {
            try
            {
                work[at].Execute();
            }
#pragma warning disable CA1031 // one connection's work must not end all connections of the loop
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.WorkFailed(_logger, exception);
            }
        }

        work.Clear();
    }

    private void End()
    {
        foreach (var connection in _connections)
            connection?.Cut();
        List<IThreadPoolWorkItem> left;
        lock (_gate)
            left = _incoming;
        foreach (var work in left.Concat(_now).Concat(_later))
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        _epoll.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(1200, LogLevel.Error, "An event loop's work failed; the loop goes on.")]
        public static partial void WorkFailed(ILogger logger, Exception exception);
    }
}
