using System.Diagnostics;
using System.Globalization;

namespace IntegrityGate.Media.Tests.Decoding;

/// <summary>The ffmpeg processes that this test program is the parent of, read from /proc.</summary>
internal static class ChildProcesses
{
    public static IReadOnlyList<int> Ffmpeg(string commandContains = "") =>
        [.. Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && IsChild(id, commandContains))];

    public static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>The socket files that a process was told to connect to.</summary>
    public static IReadOnlyList<string> Sockets(int id) =>
        [.. File.ReadAllText($"/proc/{id}/cmdline").Split('\0').Where(argument => argument.StartsWith("unix:", StringComparison.Ordinal)).Select(argument => argument[5..])];

    private static bool IsChild(int id, string commandContains)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(fields[1], CultureInfo.InvariantCulture) == Environment.ProcessId
                && stat.Contains("(ffmpeg)", StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{id}/cmdline").Contains(commandContains, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // gone between the listing and the reading
        }
    }
}
