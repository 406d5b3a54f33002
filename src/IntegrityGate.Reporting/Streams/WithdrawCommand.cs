using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Streams;

/// <summary>Takes a claim back.</summary>
/// <param name="Stream">The stream's public id.</param>
/// <param name="ClaimId">Id of the claim.</param>
public sealed record WithdrawCommand(StreamId Stream, string ClaimId) : StreamCommand(Stream);
