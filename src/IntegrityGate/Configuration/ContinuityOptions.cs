namespace IntegrityGate.Configuration;

/// <summary>How a stream outlives its publisher's connection.</summary>
/// <param name="Hold">How long a publisher that went away without a goodbye is waited for; zero ends the stream at once.</param>
/// <param name="KeepAlive">How often the metadata is repeated meanwhile.</param>
public sealed record ContinuityOptions(TimeSpan Hold, TimeSpan KeepAlive);
