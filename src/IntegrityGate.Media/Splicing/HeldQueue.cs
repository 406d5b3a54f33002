using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Media.Splicing;

/// <summary>The outgoing order while something in it has to wait: places in the order in which the publisher's packets came.</summary>
internal sealed class HeldQueue(SpliceOutput output, TimeProvider time)
{
    private readonly Queue<Slot> _slots = new();
    private Segment? _lastWritten;
    private long _bytes;

    /// <summary>Places held back.</summary>
    public int Count => _slots.Count;

    /// <summary>Bytes of the publisher's packets held back.</summary>
    public long Bytes => _bytes;

    /// <summary>The first place.</summary>
    public Slot? First => _slots.TryPeek(out var slot) ? slot : null;

    /// <summary>True when the last video that went out, or was lost, was not the publisher's: his next key frame needs its header again.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Stamped pictures written.</summary>
    public long Stamped { get; private set; }

    /// <summary>Adds a place at the end.</summary>
    public void Add(Slot slot)
    {
        _slots.Enqueue(slot);
        _bytes += slot.Source.Payload.Length;
        SpliceMetrics.Held.Add(slot.Source.Payload.Length);
    }

    /// <summary>Writes what is ready at the front.</summary>
    public void Drain()
    {
        while (_slots.TryPeek(out var slot) && slot.IsReady)
        {
            Take();
            Write(slot);
        }
    }

    /// <summary>Gives everything up.</summary>
    public void Clear()
    {
        while (_slots.Count > 0)
            Take().Release();
    }

    private Slot Take()
    {
        var slot = _slots.Dequeue();
        _bytes -= slot.Source.Payload.Length;
        SpliceMetrics.Held.Add(-slot.Source.Payload.Length);
        return slot;
    }

    private void Write(Slot slot)
    {
        if (slot.IsDropped)
        {
            SpliceMetrics.Irregular.Add(1, new KeyValuePair<string, object?>("kind", "lost"));
            IsBroken = true;
        }
        else if (slot.Segment is { } segment)
        {
            output.WriteStamped(slot.Source, slot.Stamped!, new MediaTime(slot.StampedPts), slot.Encoding!, slot.Video?.Lasting());
            IsBroken = true;
            Stamped++;
            SpliceMetrics.Stamped.Add(1);
            Switched(slot, segment, "in");
        }
        else if (slot.Source.Kind != MediaKind.Video || slot.Source.Traits.IsAside)
        {
            output.Write(slot.Source.Retain());
        }
        else
        {
            if (slot.Configuration is { } configuration)
            {
                output.WriteEntry(slot.Source.Retain(), configuration, slot.Video, IsBroken);
                IsBroken = false;
            }
            else
            {
                output.Write(slot.Source.Retain());
            }

            Switched(slot, null, "out");
        }

        slot.Release();
    }

    private void Switched(Slot slot, Segment? to, string direction)
    {
        if (ReferenceEquals(_lastWritten, to))
            return;
        _lastWritten = to;
        SpliceMetrics.SwitchDelay.Record(time.GetElapsedTime(slot.ArrivedAt).TotalMilliseconds, new KeyValuePair<string, object?>("direction", direction));
    }
}
