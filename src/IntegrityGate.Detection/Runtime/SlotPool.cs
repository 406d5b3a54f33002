using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace IntegrityGate.Detection.Runtime;

/// <summary>
/// A fixed number of work places, each with its buffers: whoever wants to run a detector takes one and gives it back. It limits
/// concurrency and makes buffers last. Waiters are as many as callers: one sample a stream at most, since the tap holds one.
/// </summary>
/// <typeparam name="TSlot">A work place.</typeparam>
internal sealed class SlotPool<TSlot> : IDisposable
    where TSlot : class, IDisposable
{
    private readonly Channel<TSlot> _slots;

    /// <summary>Makes the work places.</summary>
    public SlotPool(int count, Func<TSlot> create)
    {
        _slots = Channel.CreateBounded<TSlot>(new BoundedChannelOptions(count) { FullMode = BoundedChannelFullMode.Wait });
        for (var i = 0; i < count; i++)
            _slots.Writer.TryWrite(create());
    }

    /// <summary>Takes a work place; waits for one.</summary>
    public ValueTask<TSlot> TakeAsync(CancellationToken cancellationToken) => _slots.Reader.ReadAsync(cancellationToken);

    /// <summary>Takes a work place if one is free.</summary>
    public bool TryTake([NotNullWhen(true)] out TSlot? slot) => _slots.Reader.TryRead(out slot);

    /// <summary>Gives a work place back.</summary>
    public void Give(TSlot slot)
    {
        // Fails only after disposal, when the buffers go with the pool.
        if (!_slots.Writer.TryWrite(slot))
            slot.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Writer.TryComplete();
        while (_slots.Reader.TryRead(out var slot))
            slot.Dispose();
    }
}
