using System.Diagnostics;
using System.Globalization;

namespace IntegrityGate.LoadHarness.Machine;

/// <summary>
/// Tells how much of the machine was used by anybody else between two moments: all busy time less that of the harness and its children, in
/// cores. Time that the hypervisor took away counts as somebody else's.
/// </summary>
internal readonly record struct SystemCpu(long Timestamp, double BusySeconds, double OurSeconds)
{
    private const double TicksPerSecond = 100;

    /// <summary>Reads the counters now.</summary>
    public static SystemCpu Now()
    {
        // cpu user nice system idle iowait irq softirq steal …: proc(5)
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        var busy = fields[0] + fields[1] + fields[2] + fields[5] + fields[6] + fields[7];
        return new SystemCpu(Stopwatch.GetTimestamp(), busy / TicksPerSecond, ProcessTree.CpuSeconds(Environment.ProcessId));
    }

    /// <summary>Cores used by others since <paramref name="earlier"/>.</summary>
    public double OthersSince(SystemCpu earlier)
    {
        var others = BusySeconds - earlier.BusySeconds - (OurSeconds - earlier.OurSeconds);
        return Math.Max(0, others / Stopwatch.GetElapsedTime(earlier.Timestamp, Timestamp).TotalSeconds);
    }
}
