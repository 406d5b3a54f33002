using IntegrityGate.Core.Streams;

namespace IntegrityGate.Media.Decoding;

/// <summary>Counts the workers that each stream wrecked in a row, and refuses for a time a stream that wrecked too many.</summary>
internal sealed class Quarantine(int strikesAllowed, TimeSpan duration, TimeProvider time)
{
    /// <summary>Streams remembered; a gate that serves more has bigger worries than a forgotten strike.</summary>
    private const int MaxStreams = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<StreamId, (int Strikes, DateTimeOffset Since)> _streams = [];

    /// <summary>True while a stream is refused.</summary>
    public bool Holds(StreamId stream)
    {
        lock (_lock)
        {
            if (!_streams.TryGetValue(stream, out var entry) || entry.Strikes < strikesAllowed)
                return false;
            if (time.GetUtcNow() - entry.Since < duration)
                return true;
            _streams[stream] = (strikesAllowed - 1, entry.Since); // one more strike and it is back
            return false;
        }
    }

    /// <summary>True when a stream has wrecked a worker lately.</summary>
    public bool Suspects(StreamId stream)
    {
        lock (_lock)
            return _streams.ContainsKey(stream);
    }

    /// <summary>Counts a wrecked worker.</summary>
    /// <returns>True when the stream is quarantined from now on.</returns>
    public bool Strike(StreamId stream)
    {
        lock (_lock)
        {
            if (!_streams.TryGetValue(stream, out var entry) && _streams.Count >= MaxStreams)
                _streams.Clear();
            _streams[stream] = (entry.Strikes + 1, time.GetUtcNow());
            return entry.Strikes + 1 >= strikesAllowed;
        }
    }

    /// <summary>A picture came out: the slate is clean.</summary>
    public void Clear(StreamId stream)
    {
        lock (_lock)
            _streams.Remove(stream);
    }
}
