using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Streams;

/// <summary>One publisher's turn in a stream session. A session has one turn at a time, and outlives a turn that ended without a goodbye.</summary>
internal sealed class PublisherTurn : IPublication, IDisposable
{
    private readonly StreamSession _session;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isOver;

    public PublisherTurn(StreamSession session)
    {
        _session = session;
        Ending = _ending.Token;
    }

    /// <inheritdoc/>
    public CancellationToken Ending { get; }

    /// <inheritdoc/>
    public PublicationEnd? End { get; private set; }

    /// <summary>Done when the publisher is gone and the session has taken note.</summary>
    public Task Completion => _over.Task;

    /// <inheritdoc/>
    public ValueTask WriteAsync(MediaPacket packet, CancellationToken cancellationToken) => _session.WriteAsync(packet, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(GateFault fault, string reason)
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return;
        try
        {
            await _session.LeaveAsync(this, fault, reason);
        }
        finally
        {
            _over.TrySetResult();
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ending.Dispose();

    /// <summary>Ends the turn from this side; the publisher is told why.</summary>
    public void Close(PublicationEnd end)
    {
        if (Volatile.Read(ref _isOver) != 0)
            return;
        End ??= end;
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in the meantime.
        }
    }
}
