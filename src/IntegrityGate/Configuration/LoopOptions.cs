namespace IntegrityGate.Configuration;

/// <summary>The event loops that serve RTMP connections, where the system has them.</summary>
/// <param name="Threads">How many; 0 is one a core.</param>
/// <param name="Gather">The least time from the beginning of a pass over many connections to the next; what a packet waits for at most.</param>
public sealed record LoopOptions(int Threads, TimeSpan Gather);
