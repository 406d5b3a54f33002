namespace IntegrityGate.Reporting.Streams;

/// <summary>What a session has counted since it began.</summary>
/// <param name="Packets">Media packets received.</param>
/// <param name="DroppedPackets">Media packets that were not passed on.</param>
/// <param name="StampedFrames">Frames that went out with a stamp.</param>
/// <param name="InspectedFrames">Frames that were inspected.</param>
/// <param name="Bytes">Bytes received.</param>
public readonly record struct StreamCounters(long Packets, long DroppedPackets, long StampedFrames, long InspectedFrames, long Bytes);
