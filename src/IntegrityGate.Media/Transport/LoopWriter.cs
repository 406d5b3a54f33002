using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace IntegrityGate.Media.Transport;

/// <summary>
/// The writing half of a connection. A flush gives the socket what waits, on the thread that flushes, and is done when the socket took all of it;
/// otherwise the loop goes on when the socket has room. Buffers go back as soon as they are sent.
/// </summary>
internal sealed class LoopWriter : PipeWriter, IThreadPoolWorkItem, IWaitOwner
{
    private const int BlockBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly LoopConnection _connection;
    private readonly LoopWait<FlushResult> _wait;
    private readonly List<ArraySegment<byte>> _full = [];
    private byte[]? _block;
    private int _sent;
    private int _written;
    private long _unflushed;
    private bool _isCanceled;
    private bool _isBroken;
    private bool _isCompleted;

    public LoopWriter(LoopConnection connection)
    {
        _connection = connection;
        _wait = new LoopWait<FlushResult>(this);
    }

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => true;

    /// <inheritdoc/>
    public override long UnflushedBytes => Interlocked.Read(ref _unflushed);

    private bool IsEmpty => _full.Count == 0 && _sent == _written;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        lock (_gate)
            return Room(sizeHint).AsMemory(_written);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        lock (_gate)
            return Room(sizeHint).AsSpan(_written);
    }

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        lock (_gate)
        {
            if (bytes == 0)
                return;
            if (_block is null || (uint)bytes > (uint)(_block.Length - _written))
                throw new ArgumentOutOfRangeException(nameof(bytes));
            _written += bytes;
            _unflushed += bytes;
        }
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _unflushed = 0;
            Send();
            if (TryFinish(out var result))
                return new ValueTask<FlushResult>(result);
            return _wait.Begin(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush()
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
        bool isDone;
        lock (_gate)
        {
            if (_isCompleted)
                return;
            _isCompleted = true;
            _unflushed = 0;
            Send();
            isDone = _isBroken || IsEmpty;
        }

        if (isDone)
            _connection.OnSent();
    }

    /// <summary>The socket has room; on the loop's thread.</summary>
    public void OnReady()
    {
        lock (_gate)
        {
            // Bytes that wait for their flush are not sent: more of them may come. Once something was refused, all are due.
            if (!_wait.IsOn && !_isCompleted)
                return;
            Send();
        }

        ((IThreadPoolWorkItem)this).Execute();
    }

    /// <summary>The connection was closed on this side: nothing more can be sent.</summary>
    public void Fail()
    {
        lock (_gate)
        {
            _isBroken = true;
            Drop();
        }

        Wake();
    }

    /// <inheritdoc/>
    public void Wake() => _connection.Loop.Post(this);

    /// <summary>Tells whoever waits what came of it.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        FlushResult result = default;
        Exception? error;
        bool isDone;
        bool isTold;
        lock (_gate)
        {
            isDone = _isCompleted && (_isBroken || IsEmpty);
            error = _wait.Cancellation;
            isTold = _wait.IsOn && (error is not null || TryFinish(out result));
            if (isTold)
                _wait.End();
        }

        if (isTold)
            _wait.Tell(result, error);
        if (isDone)
            _connection.OnSent();
    }

    private byte[] Room(int sizeHint)
    {
        if (_isCompleted)
            throw new InvalidOperationException("The writer was completed.");
        if (_block is not null && _block.Length - _written >= Math.Max(sizeHint, 1))
            return _block;
        if (_block is not null)
            _full.Add(new ArraySegment<byte>(_block, _sent, _written - _sent));
        (_sent, _written) = (0, 0);
        return _block = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, BlockBytes));
    }

    // Under the lock: true when the flush need not wait.
    private bool TryFinish(out FlushResult result)
    {
        result = new FlushResult(_isCanceled, _isBroken);
        if (!_isCanceled && !_isBroken && !IsEmpty)
            return false;
        _isCanceled = false;
        return true;
    }

    private void Send()
    {
        while (!_isBroken && _full.Count > 0)
        {
            var front = _full[0];
            var count = SendPart(front);
            if (count < front.Count)
            {
                if (count > 0)
                    _full[0] = front[count..];
                else if (!_isBroken)
                    return; // the socket is full; the loop goes on when it has room
                continue;
            }

            ArrayPool<byte>.Shared.Return(front.Array!);
            _full.RemoveAt(0);
        }

        while (!_isBroken && _sent < _written)
        {
            var count = SendPart(new ArraySegment<byte>(_block!, _sent, _written - _sent));
            if (count == 0 && !_isBroken)
                return;
            _sent += count;
        }

        Drop();
    }

    private int SendPart(ArraySegment<byte> part)
    {
        try
        {
            var count = _connection.Send(part, out var error);
            _isBroken |= error is not (SocketError.Success or SocketError.WouldBlock);
            return count;
        }
        catch (ObjectDisposedException)
        {
            _isBroken = true;
            return 0;
        }
    }

    // Gives back what was sent, or what never will be.
    private void Drop()
    {
        foreach (var part in _full)
            ArrayPool<byte>.Shared.Return(part.Array!);
        _full.Clear();
        if (_block is not null)
            ArrayPool<byte>.Shared.Return(_block);
        (_block, _sent, _written) = (null, 0, 0);
    }
}
