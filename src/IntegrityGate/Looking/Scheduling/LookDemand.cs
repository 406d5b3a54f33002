namespace IntegrityGate.Looking.Scheduling;

/// <summary>What one stream asks of the budget.</summary>
/// <param name="Cost">CPU time of a look.</param>
/// <param name="Interval">Time between looks that its risk calls for.</param>
internal readonly record struct LookDemand(TimeSpan Cost, TimeSpan Interval);
