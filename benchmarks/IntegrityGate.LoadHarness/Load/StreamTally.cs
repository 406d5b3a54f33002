using System.Diagnostics;

namespace IntegrityGate.LoadHarness.Load;

/// <summary>What was sent and what arrived of one stream since the last mark. Locked by its stream.</summary>
internal sealed class StreamTally
{
    private readonly List<float> _intact = [];
    private readonly List<float> _altered = [];

    /// <summary>Packets sent.</summary>
    public long Sent { get; set; }

    /// <summary>Packets that arrived with a time that was never sent, as a remuxing relay makes them.</summary>
    public long Unmatched { get; private set; }

    /// <summary>Latencies of packets that arrived byte for byte, ms.</summary>
    public IReadOnlyList<float> Intact => _intact;

    /// <summary>Latencies of packets that arrived with another payload, ms.</summary>
    public IReadOnlyList<float> Altered => _altered;

    /// <summary>Counts a packet that no sent one corresponds to.</summary>
    public void CountUnmatched() => Unmatched++;

    /// <summary>Counts a packet.</summary>
    /// <param name="isIntact">True: the payload is the published one.</param>
    /// <param name="sentAt">Stopwatch tick of its hand-over.</param>
    /// <param name="now">Stopwatch tick of its arrival.</param>
    public void Count(bool isIntact, long sentAt, long now) =>
        (isIntact ? _intact : _altered).Add((float)Stopwatch.GetElapsedTime(sentAt, now).TotalMilliseconds);

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Sent = 0;
        Unmatched = 0;
        _intact.Clear();
        _altered.Clear();
    }
}
