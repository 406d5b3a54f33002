using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IntegrityGate.Core.Telemetry;

/// <summary>
/// CPU time of a stretch of code: the thread's own clock where the stretch stayed on its thread, which a busy machine does not
/// inflate; the time that passed where it changed threads (it waited, so that is an upper bound) or the system has no such clock.
/// </summary>
public readonly struct CpuLap
{
    private readonly long _started;
    private readonly TimeSpan? _cpu;
    private readonly int _thread;

    private CpuLap(long started, TimeSpan? cpu, int thread)
    {
        _started = started;
        _cpu = cpu;
        _thread = thread;
    }

    /// <summary>CPU time since <see cref="Start"/>.</summary>
    public TimeSpan Elapsed =>
        _cpu is { } before && Environment.CurrentManagedThreadId == _thread && ThreadTime() is { } now ? now - before : Stopwatch.GetElapsedTime(_started);

    /// <summary>Begins a stretch.</summary>
    public static CpuLap Start() => new(Stopwatch.GetTimestamp(), ThreadTime(), Environment.CurrentManagedThreadId);

    private static TimeSpan? ThreadTime() =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess && ReadClock(ThreadCpuClock, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100))
            : null;

    // CLOCK_THREAD_CPUTIME_ID of clock_gettime(2), Linux.
    private const int ThreadCpuClock = 3;

    [StructLayout(LayoutKind.Sequential)]
    private struct ClockTime
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int ReadClock(int clock, out ClockTime time);
}
