namespace IntegrityGate.Configuration;

/// <summary>Playing from the gate.</summary>
public sealed record PlayOptions(long GopCacheBytes, long QueueBytes);
