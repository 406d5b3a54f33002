namespace IntegrityGate.Media.Splicing;

/// <summary>
/// Matches pictures that come back from the encoder with those that went in, by presentation time. The n-th picture in display order
/// takes the n-th decoding time of the segment: with PTS at or after DTS for every picture, the n-th smallest PTS is at or after the
/// n-th smallest DTS, so composition offsets stay at or above zero and the decoding times stay the publisher's own.
/// </summary>
internal sealed class FrameClock
{
    private readonly SortedDictionary<long, int> _pending = [];

    /// <summary>Pictures that went in and neither came back nor were given up.</summary>
    public int Pending { get; private set; }

    /// <summary>A picture went in.</summary>
    /// <param name="pts">Its presentation time, ms.</param>
    public void Expect(long pts)
    {
        _pending[pts] = _pending.GetValueOrDefault(pts) + 1;
        Pending++;
    }

    /// <summary>A picture that went in is no longer wanted.</summary>
    public void Forget(long pts)
    {
        if (!_pending.TryGetValue(pts, out var count))
            return;
        if (count == 1)
            _pending.Remove(pts);
        else
            _pending[pts] = count - 1;
        Pending--;
    }

    /// <summary>A picture came back.</summary>
    /// <param name="pts">Its presentation time, ms.</param>
    /// <param name="missing">Pictures shown before it that did not come back; they are given up.</param>
    /// <returns>False when no such picture went in, or it came back already.</returns>
    public bool TryTake(long pts, out int missing)
    {
        missing = 0;
        if (!_pending.ContainsKey(pts))
            return false;
        while (true)
        {
            var (first, _) = First();
            Forget(first);
            if (first == pts)
                return true;
            missing++;
        }
    }

    private KeyValuePair<long, int> First()
    {
        var entries = _pending.GetEnumerator();
        entries.MoveNext();
        return entries.Current;
    }
}
