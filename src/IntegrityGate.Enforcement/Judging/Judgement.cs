using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>What follows from an input.</summary>
/// <param name="Verdict">What is held of the stream now.</param>
/// <param name="Changes">Incidents that opened, changed or closed, in their order.</param>
/// <param name="Stamp">The label that is to be in the outgoing picture; null for none.</param>
/// <param name="Block">True when the stream is to be ended.</param>
/// <param name="Look">What the sampler should do next.</param>
public sealed record Judgement(Verdict Verdict, IReadOnlyList<IncidentChange> Changes, StampDirective? Stamp, bool Block, LookAdvice Look);
