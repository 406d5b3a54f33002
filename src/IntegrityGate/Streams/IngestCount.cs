using IntegrityGate.Core.Packets;

namespace IntegrityGate.Streams;

/// <summary>
/// Counts one stream's packets for the metrics and reports them some at a time: a report looks its series up, which costs more than all other
/// counting of a packet. For one thread.
/// </summary>
internal sealed class IngestCount
{
    /// <summary>Packets between two reports: half a second of a stream, less than any scrape interval.</summary>
    private const int ReportEvery = 32;

    private Kind _video = new("video");
    private Kind _audio = new("audio");
    private Kind _data = new("data");
    private int _unreported;

    /// <summary>Counts a packet; borrows it.</summary>
    public void Add(MediaPacket packet)
    {
        ref var kind = ref packet.Kind == MediaKind.Video ? ref _video : ref packet.Kind == MediaKind.Audio ? ref _audio : ref _data;
        kind.Packets++;
        kind.Bytes += packet.Payload.Length;
        if (++_unreported >= ReportEvery)
            Report();
    }

    /// <summary>Reports what was counted since the last time.</summary>
    public void Report()
    {
        _unreported = 0;
        _video.Report();
        _audio.Report();
        _data.Report();
    }

    private struct Kind(string name)
    {
        private readonly KeyValuePair<string, object?> _tag = new("kind", name);

        public int Packets { get; set; }

        public long Bytes { get; set; }

        public void Report()
        {
            if (Packets == 0)
                return;
            GateMetrics.PacketsIn.Add(Packets, _tag);
            GateMetrics.BytesIn.Add(Bytes, _tag);
            (Packets, Bytes) = (0, 0);
        }
    }
}
