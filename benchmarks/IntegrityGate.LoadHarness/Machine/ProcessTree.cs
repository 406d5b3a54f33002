using System.Globalization;
using System.Runtime.InteropServices;

namespace IntegrityGate.LoadHarness.Machine;

/// <summary>What a process and all its descendants have used so far, read from the kernel.</summary>
internal static class ProcessTree
{
    private const double TicksPerSecond = 100; // USER_HZ, which is 100 on every Linux of this kind: see proc(5), sysconf(_SC_CLK_TCK)

    /// <summary>
    /// User and system seconds of the process, of its living descendants and of those already gone and waited for (cutime and cstime, proc(5)).
    /// The living are read to the nanosecond from their CPU clocks: a copy relay uses 40 ms in ten seconds, and the ticks of
    /// <c>/proc/PID/stat</c> are 10 ms.
    /// </summary>
    public static double CpuSeconds(int root)
    {
        var seconds = 0.0;
        foreach (var process in Descend(root))
            seconds += OwnSeconds(process.Pid) + (process.ReapedTicks / TicksPerSecond);
        return seconds;
    }

    /// <summary>Private bytes, clean and dirty, of the process and its living descendants (<c>/proc/PID/smaps_rollup</c>).</summary>
    public static long PrivateBytes(int root)
    {
        var kibibytes = 0L;
        foreach (var process in Descend(root))
        {
            if (TryRead($"/proc/{process.Pid}/smaps_rollup") is not { } text)
                continue;
            foreach (var line in text.Split('\n').Where(line => line.StartsWith("Private_Clean:", StringComparison.Ordinal)
                         || line.StartsWith("Private_Dirty:", StringComparison.Ordinal)))
            {
                kibibytes += long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            }
        }

        return kibibytes * 1024;
    }

    private static List<ProcessStat> Descend(int root)
    {
        var all = new List<ProcessStat>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && TryRead($"/proc/{pid}/stat") is { } text)
            {
                all.Add(ProcessStat.Parse(pid, text));
            }
        }

        var tree = all.Where(process => process.Pid == root).ToList();
        for (var at = 0; at < tree.Count; at++)
            tree.AddRange(all.Where(process => process.Parent == tree[at].Pid));
        return tree;
    }

    private static double OwnSeconds(int pid)
    {
        // Linux makes the clock of a process from its id: MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED), clock_getcpuclockid(3).
        return ClockGetTime((~pid << 3) | 2, out var time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : 0;
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // it ended meanwhile
        }
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
