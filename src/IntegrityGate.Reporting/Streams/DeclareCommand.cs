using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Streams;

/// <summary>Tells the judge of a claim by declaration.</summary>
/// <param name="Stream">The stream's public id.</param>
/// <param name="Claim">The claim, on the session's own clock.</param>
public sealed record DeclareCommand(StreamId Stream, Claim Claim) : StreamCommand(Stream);
