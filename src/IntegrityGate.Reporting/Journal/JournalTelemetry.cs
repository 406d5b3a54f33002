using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Reporting.Journal;

/// <summary>The journal's instruments.</summary>
internal static class JournalTelemetry
{
    /// <summary>Events made durable.</summary>
    public static Counter<long> Events { get; } = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.journal.events", "{event}", "Events made durable.");

    /// <summary>Time of one commit, flush included.</summary>
    public static Histogram<double> CommitDuration { get; } = GateTelemetry.Meter.CreateHistogram<double>(
        "integritygate.journal.commit.duration", "ms", "Time of one commit, flush included.");

    /// <summary>Writes that shared one commit.</summary>
    public static Histogram<int> BatchSize { get; } = GateTelemetry.Meter.CreateHistogram<int>(
        "integritygate.journal.commit.writes", "{write}", "Writes that shared one commit.");

    /// <summary>Writes that wait for the writer.</summary>
    public static UpDownCounter<int> QueueLength { get; } = GateTelemetry.Meter.CreateUpDownCounter<int>(
        "integritygate.journal.queue.length", "{write}", "Writes that wait for the writer; the queue makes writers wait and drops none.");

    /// <summary>Writes that failed.</summary>
    public static Counter<long> Failures { get; } = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.journal.failures", "{write}", "Writes that failed because the journal could not be written.");

    /// <summary>Rows that retention or a budget took away, by table.</summary>
    public static Counter<long> PurgedRows { get; } = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.journal.purged", "{row}", "Rows that retention or a budget took away, by table.");

    /// <summary>Bytes of evidence pictures kept.</summary>
    public static UpDownCounter<long> EvidenceBytes { get; } = GateTelemetry.Meter.CreateUpDownCounter<long>(
        "integritygate.journal.evidence.bytes", "By", "Bytes of evidence pictures kept.");

    /// <summary>Counts rows that went from a table.</summary>
    public static void CountPurged(string table, int rows)
    {
        if (rows > 0)
            PurgedRows.Add(rows, new KeyValuePair<string, object?>("table", table));
    }
}
