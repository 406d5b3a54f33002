using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Streams;

/// <summary>Keeps the stamp off whatever the verdict, until forced or released.</summary>
/// <param name="Stream">The stream's public id.</param>
public sealed record LiftStampCommand(StreamId Stream) : StreamCommand(Stream);
