namespace IntegrityGate.Reporting.Journal;

/// <summary>Counts the bytes of pictures kept.</summary>
internal sealed class EvidenceLedger(long bytes)
{
    private long _bytes = bytes;

    /// <summary>Bytes kept now.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Adds bytes, or takes them away when negative.</summary>
    /// <returns>Bytes kept after it.</returns>
    public long Add(long bytes)
    {
        JournalTelemetry.EvidenceBytes.Add(bytes);
        return Interlocked.Add(ref _bytes, bytes);
    }
}
