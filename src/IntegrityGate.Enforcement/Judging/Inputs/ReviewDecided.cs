using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Inputs;

/// <summary>A reviewer decided on an incident of this session, open or lately closed.</summary>
/// <param name="At">Media time.</param>
/// <param name="Wall">Wall time.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Review">The decision.</param>
public sealed record ReviewDecided(MediaTime At, DateTimeOffset Wall, string IncidentId, Review Review) : JudgeInput(At, Wall);
