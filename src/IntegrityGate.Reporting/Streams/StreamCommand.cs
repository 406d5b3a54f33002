using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Streams;

/// <summary>Something that a person or a system asks of a live stream.</summary>
/// <param name="Stream">The stream's public id.</param>
public abstract record StreamCommand(StreamId Stream);
