namespace IntegrityGate.Reporting.Journal;

/// <summary>The journal cannot be read from a cursor: what follows it was purged, or it lies ahead of the journal.</summary>
/// <param name="after">The cursor that was asked for.</param>
/// <param name="oldest">Oldest cursor that can still be read.</param>
/// <param name="latest">Newest cursor that was given.</param>
public sealed class CursorOutOfRangeException(long after, long oldest, long latest) : InvalidOperationException(
    after > latest
        ? $"cursor {after} lies ahead of the journal, whose newest is {latest}: it belongs to another journal"
        : $"events after cursor {after} were purged; the oldest kept is {oldest}")
{
    /// <summary>The cursor that was asked for.</summary>
    public long After { get; } = after;

    /// <summary>Oldest cursor that can still be read.</summary>
    public long Oldest { get; } = oldest;

    /// <summary>Newest cursor that was given.</summary>
    public long Latest { get; } = latest;
}
