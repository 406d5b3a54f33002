using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace IntegrityGate.Media.Transport;

/// <summary>
/// A TCP connection that an <see cref="EventLoop"/> serves, as Kestrel and the sessions know connections: a reader and a writer. It holds no
/// buffer while nothing is under way.
/// </summary>
internal sealed class LoopConnection : DefaultConnectionContext
{
    private static long s_lastId;

    private readonly Socket _socket;
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isClosed;
    private int _isToldClosed;

    private LoopConnection(Socket socket, EventLoop loop)
        : base(string.Create(CultureInfo.InvariantCulture, $"L{Interlocked.Increment(ref s_lastId):x}"))
    {
        _socket = socket;
        Loop = loop;
        Reader = new LoopReader(this);
        Writer = new LoopWriter(this);
        Transport = new DuplexPipe(Reader, Writer);
        ConnectionClosed = _closed.Token;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        Features.Set(loop);
    }

    /// <summary>The loop.</summary>
    public EventLoop Loop { get; }

    /// <summary>What comes in.</summary>
    public LoopReader Reader { get; }

    /// <summary>What goes out.</summary>
    public LoopWriter Writer { get; }

    /// <summary>The number at the loop.</summary>
    public ulong Number { get; set; } = ulong.MaxValue - 1;

    /// <summary>True once the peer sends no more or the connection broke: the next reads run into its end.</summary>
    public bool HasPeerEnded { get; private set; }

    /// <summary>True once the descriptor is gone.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <summary>Lets a loop serve a connected socket, which belongs to the connection from then on.</summary>
    /// <exception cref="SocketException">The peer is gone already.</exception>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    public static LoopConnection Attach(Socket socket, EventLoop loop)
    {
        socket.Blocking = false;
        var connection = new LoopConnection(socket, loop);
        loop.Add(connection, (int)socket.SafeHandle.DangerousGetHandle());
        return connection;
    }

    /// <summary>Reads what waits.</summary>
    public int Receive(Span<byte> room, out SocketError error) => _socket.Receive(room, SocketFlags.None, out error);

    /// <summary>Sends what the socket takes.</summary>
    public int Send(ReadOnlySpan<byte> bytes, out SocketError error) => _socket.Send(bytes, SocketFlags.None, out error);

    /// <summary>The kernel says that something can be done; on the loop's thread.</summary>
    public void OnReady(uint what)
    {
        if ((what & Epoll.HasEnded) != 0)
            HasPeerEnded = true;
        if ((what & Epoll.CanWrite) != 0)
            Writer.OnReady();
        if ((what & Epoll.CanRead) != 0)
            Reader.OnReady();
        if (HasPeerEnded)
            TellClosed();
    }

    /// <summary>Everything was sent after the writer had been completed, or nothing more can be.</summary>
    public void OnSent()
    {
        if (_sent.TrySetResult() && !IsClosed)
            Shutdown(SocketShutdown.Send);
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => Close(abortReason);

    /// <inheritdoc/>
    public override void Abort() => Close(new ConnectionAbortedException());

    /// <summary>The loop ends.</summary>
    public void Cut() => Close(new ConnectionAbortedException("the event loop ended"));

    /// <summary>Sends what waits, and closes. A peer that takes nothing is cut by <see cref="Abort()"/>.</summary>
    public override async ValueTask DisposeAsync()
    {
        await Reader.CompleteAsync().ConfigureAwait(false);
        await Writer.CompleteAsync().ConfigureAwait(false);
        await _sent.Task.ConfigureAwait(false);
        Close(new ConnectionAbortedException());
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Says once that the connection is over. On the thread pool: whoever listens may do as he likes.</summary>
    private void TellClosed()
    {
        if (Interlocked.Exchange(ref _isToldClosed, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _closed, preferLocal: false);
    }

    private void Close(ConnectionAbortedException reason)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;
        Loop.Remove(Number);
        Shutdown(SocketShutdown.Both);
        _socket.Dispose();
        Reader.Fail(reason);
        Writer.Fail();
        _sent.TrySetResult();
        TellClosed();
    }

    private void Shutdown(SocketShutdown how)
    {
        try
        {
            _socket.Shutdown(how);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The peer was faster.
        }
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
