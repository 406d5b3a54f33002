using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Streams;

/// <summary>Turns looking off or on.</summary>
/// <param name="Stream">The stream's public id.</param>
/// <param name="IsBypassed">True turns it off.</param>
public sealed record SetInspectionCommand(StreamId Stream, bool IsBypassed) : StreamCommand(Stream);
