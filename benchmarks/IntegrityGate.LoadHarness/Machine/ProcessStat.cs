using System.Globalization;

namespace IntegrityGate.LoadHarness.Machine;

/// <summary>The fields of <c>/proc/PID/stat</c> that the harness needs.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Parent">Its parent's.</param>
/// <param name="ReapedTicks">User and system ticks of children that ended and were waited for.</param>
internal readonly record struct ProcessStat(int Pid, int Parent, long ReapedTicks)
{
    /// <summary>Reads the file's text; the name in parentheses may hold spaces and parentheses of its own.</summary>
    public static ProcessStat Parse(int pid, string text)
    {
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // from field 3, the state, on
        return new ProcessStat(pid, (int)Field(4), Field(16) + Field(17));

        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
    }
}
