namespace IntegrityGate.LoadHarness.Load;

/// <summary>One line from the load process.</summary>
internal sealed record LoadReport
{
    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>The sink's port; said once, at the start.</summary>
    public int SinkPort { get; init; }

    /// <summary>Streams of which video arrived at the sink.</summary>
    public int Flowing { get; init; }

    /// <summary>Packets sent since the mark.</summary>
    public long Sent { get; init; }

    /// <summary>Packets that arrived with a time that was never sent.</summary>
    public long Unmatched { get; init; }

    /// <summary>Packets that arrived byte for byte.</summary>
    public LatencySummary Intact { get; init; } = LatencySummary.Empty;

    /// <summary>Packets that arrived with another payload.</summary>
    public LatencySummary Altered { get; init; } = LatencySummary.Empty;

    /// <summary>How late the most belated publisher is, ms.</summary>
    public double LatenessMilliseconds { get; init; }

    /// <summary>The first stamped picture of each stream that has one.</summary>
    public IReadOnlyList<SwitchRecord> Switches { get; init; } = [];

    /// <summary>Players that play.</summary>
    public int Players { get; init; }

    /// <summary>Bytes that all players got since the mark.</summary>
    public long PlayedBytes { get; init; }

    /// <summary>Share of what was sent that arrived, in any form.</summary>
    public double Delivered => Sent == 0 ? 0 : (double)(Intact.Count + Altered.Count + Unmatched) / Sent;
}
