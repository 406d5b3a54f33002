using IntegrityGate.Core.Streams;

namespace IntegrityGate.Media.Decoding;

/// <summary>
/// Requests that wait for a worker: at most one a stream, and the newest wins (it takes the place of the older one, so that a busy
/// stream does not move back); first come, first served among streams; full means the newcomer is refused.
/// </summary>
internal sealed class DecodeQueue(int capacity) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<StreamId> _order = new();
    private readonly Dictionary<StreamId, DecodeTicket> _waiting = [];
    private readonly SemaphoreSlim _available = new(0);
    private bool _closed;

    /// <summary>Adds a request.</summary>
    /// <param name="ticket">The request.</param>
    /// <param name="replaced">The older request of the same stream that lost its place, if any.</param>
    /// <returns>False when the queue is full or closed.</returns>
    public bool TryAdd(DecodeTicket ticket, out DecodeTicket? replaced)
    {
        lock (_lock)
        {
            replaced = null;
            if (_closed)
                return false;
            if (_waiting.TryGetValue(ticket.Stream, out replaced))
            {
                _waiting[ticket.Stream] = ticket;
                return true;
            }

            if (_waiting.Count >= capacity)
                return false;
            _waiting.Add(ticket.Stream, ticket);
            _order.Enqueue(ticket.Stream);
        }

        _available.Release();
        return true;
    }

    /// <summary>Waits for a request.</summary>
    public async ValueTask<DecodeTicket> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            await _available.WaitAsync(ct).ConfigureAwait(false);
            lock (_lock)
            {
                if (_order.TryDequeue(out var stream) && _waiting.Remove(stream, out var ticket))
                    return ticket;
            }
        }
    }

    /// <summary>Closes the queue and gives back what still waits.</summary>
    public IReadOnlyList<DecodeTicket> Close()
    {
        lock (_lock)
        {
            _closed = true;
            var left = _waiting.Values.ToArray();
            _waiting.Clear();
            _order.Clear();
            return left;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _available.Dispose();
}
