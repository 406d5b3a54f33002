using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Replays;

/// <summary>The hashes of a stream's newest looks, in the order of media time: a ring that grows up to its capacity and then forgets the oldest. 40 bytes a look.</summary>
/// <param name="capacity">Most looks.</param>
internal sealed class LoopMemory(int capacity)
{
    /// <summary>Bytes a look takes: a media time and a hash.</summary>
    public const int BytesPerLook = sizeof(long) + (PictureHash.Bits / 8);

    private const int FirstCapacity = 64;

    private Entry[] _ring = [];
    private int _start;

    /// <summary>A look.</summary>
    /// <param name="At">When.</param>
    /// <param name="Hash">What.</param>
    public readonly record struct Entry(MediaTime At, PictureHash Hash);

    /// <summary>Looks held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes allocated for looks.</summary>
    public int AllocatedBytes => _ring.Length * BytesPerLook;

    /// <summary>A look by age: 0 is the oldest.</summary>
    public ref readonly Entry this[int index]
    {
        get
        {
            // Read four thousand times a look: no division, no copy.
            var at = _start + index;
            return ref _ring[at >= _ring.Length ? at - _ring.Length : at];
        }
    }

    /// <summary>Adds a look, later than all held.</summary>
    public void Add(Entry entry)
    {
        if (Count == _ring.Length && Count < capacity)
            Grow();
        if (Count == capacity)
        {
            _ring[_start] = entry;
            _start = (_start + 1) % _ring.Length;
            return;
        }

        _ring[(_start + Count++) % _ring.Length] = entry;
    }

    /// <summary>The look nearest to a moment, if there is one within a tolerance.</summary>
    public Entry? Nearest(MediaTime at, TimeSpan tolerance)
    {
        var after = FirstAtOrAfter(at);
        Entry? best = null;
        for (var i = Math.Max(0, after - 1); i <= after && i < Count; i++)
        {
            var distance = (this[i].At - at).Duration();
            if (distance <= tolerance && (best is not { } held || distance < (held.At - at).Duration()))
                best = this[i];
        }

        return best;
    }

    /// <summary>Index of the first look at or after a moment; <see cref="Count"/> when there is none.</summary>
    public int FirstAtOrAfter(MediaTime at)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (this[middle].At < at)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Forgets everything and gives the memory back.</summary>
    public void Clear()
    {
        _ring = [];
        _start = 0;
        Count = 0;
    }

    private void Grow()
    {
        var larger = new Entry[Math.Min(capacity, Math.Max(FirstCapacity, _ring.Length * 2))];
        for (var i = 0; i < Count; i++)
            larger[i] = this[i];
        _ring = larger;
        _start = 0;
    }
}
