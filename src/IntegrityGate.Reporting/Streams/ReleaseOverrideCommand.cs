using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Streams;

/// <summary>Ends a forced or lifted stamp: verdict and policy decide again.</summary>
/// <param name="Stream">The stream's public id.</param>
public sealed record ReleaseOverrideCommand(StreamId Stream) : StreamCommand(Stream);
