namespace IntegrityGate.Reporting.Streams;

/// <summary>A server that a stream goes to.</summary>
/// <param name="Name">The server, without anything that a publisher sent.</param>
/// <param name="State">How the connection stands.</param>
/// <param name="QueuedBytes">Bytes that wait for it.</param>
/// <param name="DroppedPackets">Media packets that it did not get.</param>
/// <param name="LastError">The last failure in words; empty when there was none.</param>
public sealed record UpstreamSnapshot(string Name, UpstreamState State, long QueuedBytes, long DroppedPackets, string LastError);
