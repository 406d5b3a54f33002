namespace IntegrityGate.Web;

/// <summary>A server that a stream goes to, as the page shows it: the primary first, then the copies.</summary>
internal sealed record UpstreamView(string Name, string State, long QueuedBytes, long DroppedPackets, string LastError);
