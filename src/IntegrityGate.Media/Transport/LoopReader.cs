using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace IntegrityGate.Media.Transport;

/// <summary>
/// The reading half of a connection. A read that finds nothing waits for the loop, which reads from the socket into a buffer that is lent for
/// as long as the caller looks at it; what the caller leaves is kept and comes first next time. One contiguous piece, always.
/// </summary>
internal sealed class LoopReader : PipeReader, IThreadPoolWorkItem, IWaitOwner
{
    /// <summary>Read at a time: a picture of a 15 Mbps stream in one system call; and no connection keeps the loop from the others for longer.</summary>
    public const int BlockBytes = 64 * 1024;

    /// <summary>Most that a caller may leave: Kestrel's own limit, some sixteen times of what a command may take.</summary>
    public const int MostKept = 1024 * 1024;

    private const int ScrapBytes = 32; // holds the piece of a chunk header

    private readonly Lock _gate = new();
    private readonly LoopConnection _connection;
    private readonly LoopWait<ReadResult> _wait;
    private byte[]? _scrap;
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private bool _isExamined = true;
    private bool _isLent;
    private bool _isReadable;
    private bool _isCanceled;
    private bool _isOver;
    private bool _isCompleted;
    private Exception? _error;

    public LoopReader(LoopConnection connection)
    {
        _connection = connection;
        _wait = new LoopWait<ReadResult>(this);
    }

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        bool isReadable;
        ValueTask<ReadResult> waiting;
        lock (_gate)
        {
            if (TryTake(out var result))
                return new ValueTask<ReadResult>(result);
            cancellationToken.ThrowIfCancellationRequested();
            waiting = _wait.Begin(cancellationToken);
            isReadable = _isReadable;
        }

        // Not read here, even on the loop's thread: the others come first.
        if (isReadable)
            _connection.Loop.PostLater(this);
        return waiting;
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        lock (_gate)
            return TryTake(out result);
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (_gate)
        {
            if (!_isLent)
                throw new InvalidOperationException("Nothing was read that could be advanced over.");
            _isLent = false;
            if (_buffer is null)
                return;
            _start = consumed.GetInteger();
            _isExamined = examined.GetInteger() >= _end;
            Keep();
        }
    }

    /// <inheritdoc/>
    public override void CancelPendingRead()
    {
        lock (_gate)
        {
            _isCanceled = true;
            if (!_wait.IsOn)
                return;
        }

        Wake();
    }

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        lock (_gate)
        {
            _isCompleted = true;
            _isLent = false;
            Return();
        }
    }

    /// <summary>The socket has bytes, or its end; on the loop's thread.</summary>
    public void OnReady()
    {
        lock (_gate)
            _isReadable = true;
        ((IThreadPoolWorkItem)this).Execute();
    }

    /// <summary>The connection was closed on this side.</summary>
    public void Fail(Exception error)
    {
        lock (_gate)
        {
            _error ??= error;
            if (!_wait.IsOn)
                return;
        }

        Wake();
    }

    /// <inheritdoc/>
    public void Wake() => _connection.Loop.Post(this);

    /// <summary>Gives whoever waits what there is by now.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        var result = default(ReadResult);
        Exception? error;
        lock (_gate)
        {
            if (!_wait.IsOn)
                return;
            error = _wait.Cancellation;
            if (error is null && !_isCanceled && _error is null && _isReadable)
                Receive();
            if (error is null)
            {
                try
                {
                    if (!TryTake(out result))
                        return;
                }
                catch (Exception exception) when (exception is IOException or OperationCanceledException)
                {
                    error = exception;
                }
            }

            _wait.End();
        }

        _wait.Tell(result, error);
    }

    // Under the lock.
    private bool TryTake(out ReadResult result)
    {
        if (_isCompleted)
            throw new InvalidOperationException("The reader was completed.");
        if (_isLent)
            throw new InvalidOperationException("What was read last has not been advanced over.");
        result = default;
        if (!_isCanceled && _isExamined && !_isOver)
        {
            return _error is null ? false : throw _error;
        }

        var bytes = _buffer is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_buffer, _start, _end - _start);
        result = new ReadResult(bytes, _isCanceled, _isOver);
        _isCanceled = false;
        _isLent = true;
        return true;
    }

    private void Receive()
    {
        var kept = _end - _start;
        if (kept > MostKept)
        {
            _error = new IOException($"more than {MostKept} bytes were examined and not consumed");
            return;
        }

        var block = ArrayPool<byte>.Shared.Rent(kept + BlockBytes);
        var count = 0;
        SocketError error;
        try
        {
            count = _connection.Receive(block.AsSpan(kept), out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.OperationAborted;
        }

        if (error != SocketError.Success || count == 0)
        {
            ArrayPool<byte>.Shared.Return(block);
            _isReadable = false;
            _isOver = error == SocketError.Success;
            if (error is not (SocketError.Success or SocketError.WouldBlock))
                _error = new ConnectionResetException("the peer reset the connection", new SocketException((int)error));
            return;
        }

        // Edge-triggered: fewer bytes than there was room for means that the next ones come with an event (epoll(7)), but the end may be told already.
        _isReadable = count == block.Length - kept || _connection.HasPeerEnded;
        _buffer?.AsSpan(_start, kept).CopyTo(block);
        Return();
        (_buffer, _start, _end, _isExamined) = (block, 0, kept + count, false);
    }

    // What is left after a look goes to the smallest place that holds it, so that a connection that waits holds next to nothing.
    private void Keep()
    {
        var left = _end - _start;
        if (left == 0)
        {
            Return();
            _isExamined = true;
        }
        else if (_buffer!.Length >= BlockBytes && left <= BlockBytes / 4)
        {
            var smaller = left <= ScrapBytes ? _scrap ??= new byte[ScrapBytes] : ArrayPool<byte>.Shared.Rent(left);
            _buffer.AsSpan(_start, left).CopyTo(smaller);
            Return();
            (_buffer, _start, _end) = (smaller, 0, left);
        }
    }

    private void Return()
    {
        if (_buffer is not null && _buffer != _scrap)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = (null, 0, 0);
    }
}
