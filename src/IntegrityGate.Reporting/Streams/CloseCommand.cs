using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Streams;

/// <summary>Ends the stream.</summary>
/// <param name="Stream">The stream's public id.</param>
/// <param name="Reason">Why, as the operator said; for logs and the incident's close reason.</param>
public sealed record CloseCommand(StreamId Stream, string Reason) : StreamCommand(Stream);
