namespace IntegrityGate.Core.Telemetry;

/// <summary>
/// CPU time of a piece of work that goes over several threads: whoever orders the work begins a tally, which follows the call like a
/// trace's activity does, and each thread that works on it adds what it took.
/// </summary>
public sealed class CpuTally
{
    private static readonly AsyncLocal<CpuTally?> s_current = new();

    private long _ticks = -1;

    /// <summary>The tally of the present call; null when nobody counts.</summary>
    public static CpuTally? Current => s_current.Value;

    /// <summary>What was added; null when nothing was.</summary>
    public TimeSpan? Counted => Interlocked.Read(ref _ticks) is var ticks and >= 0 ? new TimeSpan(ticks) : null;

    /// <summary>Begins a tally for the rest of the calling async method and what it calls.</summary>
    public static CpuTally Begin() => s_current.Value = new CpuTally();

    /// <summary>Adds CPU time.</summary>
    public void Add(TimeSpan cpu)
    {
        Interlocked.CompareExchange(ref _ticks, 0, -1);
        Interlocked.Add(ref _ticks, cpu.Ticks);
    }
}
