using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Streams;

/// <summary>Stamps whatever the verdict, until lifted or released.</summary>
/// <param name="Stream">The stream's public id.</param>
/// <param name="Tier">The tier whose wording is stamped; not <see cref="Tier.None"/>.</param>
/// <param name="Wording">Another wording; null for the rule pack's wording of the tier.</param>
public sealed record ForceStampCommand(StreamId Stream, Tier Tier, string? Wording) : StreamCommand(Stream);
