namespace IntegrityGate.Core.Incidents;

/// <summary>A reviewer's decision on an incident.</summary>
/// <param name="Decision">Confirm or dismiss.</param>
/// <param name="Who">The reviewer.</param>
/// <param name="Why">The ground.</param>
/// <param name="At">When.</param>
public sealed record Review(ReviewDecision Decision, string Who, string Why, DateTimeOffset At);
